// Shows the last good copy of one steward's page where there is no connection; the network comes first, always.
// Its address lies beside the page, so that it sees the check-in pages of one date in one language, and no others.
const DESK = new URL("./", self.location).pathname;
const KEPT = `check-in ${DESK}`;
const PATIENCE = 6000; // milliseconds until a copy is better than waiting
const GONE = [403, 404, 410];

const forget = async () => {
  await caches.delete(KEPT);
  await self.registration.unregister();
};

const copyOf = async (request) => {
  if (!(await caches.has(KEPT))) return undefined;
  const cache = await caches.open(KEPT);
  const desk = await cache.match(DESK, { ignoreVary: true });
  if (!desk) return undefined; // it is just being kept
  if (!(Date.now() <= Date.parse(desk.headers.get("X-Until")))) {
    await forget();
    return undefined;
  }
  // In the place of every check-in page: its script knows by the address what was wanted.
  return request.mode === "navigate" ? desk : cache.match(request, { ignoreVary: true });
};

const answer = async (event) => {
  const { request } = event;
  const live = fetch(request).then(async (found) => {
    // The link is void, or the day is over: nothing stays.
    if (new URL(request.url).pathname === DESK && GONE.includes(found.status)) await forget();
    return found;
  });
  event.waitUntil(live.catch(() => {}));
  // What is sent may have arrived: no copy says otherwise before it is known.
  const patience = request.method === "GET" ? new Promise((resolve) => setTimeout(resolve, PATIENCE)) : live;
  const found = await Promise.race([live, patience]).catch(() => undefined);
  return found && found.status < 500 ? found : ((await copyOf(request)) ?? live);
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOurs = new URL(request.url).origin === self.location.origin;
  if (request.mode === "navigate" || (isOurs && request.method === "GET")) event.respondWith(answer(event));
});
