// Where the stewards' link was opened: keeps a copy of this one page on the device, for a reload without a connection.
// check-in-worker.js shows it. It goes with the link, and when the day is over.
const door = document.querySelector("[data-door]");
if (door && "caches" in window && "serviceWorker" in navigator) {
  const { desk, list, counts, until, worker } = door.dataset;
  const name = `check-in ${desk}`;
  const files = new URL("..", import.meta.url).href; // all of our static files
  let isKept = false;
  let isOver = !worker;
  // One thing after another, so that nothing is kept after it was to be forgotten.
  let work = Promise.resolve();
  const next = (job) => {
    work = work.then(job).catch(() => {}); // Forbidden or full: the page works as long as it is open.
  };

  const forget = async () => {
    await caches.delete(name);
    await (await navigator.serviceWorker.getRegistration(desk))?.unregister();
  };
  const look = () => {
    isOver ||= Date.now() > Date.parse(until);
    if (isOver) next(forget);
  };

  const stamped = (body, type, at) => new Response(body, { headers: { "Content-Type": type, "X-Kept": new Date(at).toISOString(), "X-Until": until } });

  const keepPage = async (cache) => {
    // Asked for once more: the page that is shown may say what is said once only.
    const answer = await fetch(desk, { cache: "no-store" });
    if (!answer.ok || answer.headers.has("X-Kept")) return;
    const page = new Response(await answer.text(), { headers: answer.headers });
    for (const gone of ["Content-Encoding", "Content-Length"]) page.headers.delete(gone);
    page.headers.set("X-Kept", answer.headers.get("Date"));
    page.headers.set("X-Until", until);
    await cache.put(desk, page);
    const used = performance.getEntriesByType("resource").map((one) => one.name).filter((one) => one.startsWith(files));
    await cache.addAll([...new Set(used)]);
    const wanted = new Set([desk, list, counts].map((one) => new URL(one, location).href).concat(used));
    for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
    isKept = true;
  };

  door.addEventListener("door-fresh", ({ detail }) => {
    next(async () => {
      if (isOver) return;
      await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
      const cache = await caches.open(name);
      if (!isKept) await keepPage(cache);
      await cache.put(counts, stamped(detail.counts, "text/html", detail.at));
      await cache.put(list, stamped(JSON.stringify({ people: detail.people }), "application/json", detail.at));
    });
  });
  door.addEventListener("door-ended", () => {
    isOver = true;
    look();
  });
  setInterval(look, 60000);
  look();
}
