// Keeps the questions of a date fresh: asks for one number every few seconds, and for the list only when it has changed.
const EVERY = 5000; // milliseconds

for (const place of document.querySelectorAll("[data-questions]")) {
  const { number, list, news, said } = place.dataset;
  let version = place.dataset.version;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(number, { cache: "no-cache" });
      if (!answer.ok) return;
      const now = await answer.text();
      if (now === version) return;
      if (news) document.getElementById(news).hidden = false;
      if (list) {
        const fresh = await fetch(list, { cache: "no-store" });
        if (!fresh.ok) return;
        const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
        // Whoever stands on a button of the list stays on it.
        const held = document.activeElement?.closest?.(".question")?.id;
        place.replaceChildren(...page.body.childNodes);
        if (held) document.getElementById(held)?.querySelector("button")?.focus();
        const status = document.getElementById("questions-said");
        if (said && status) status.textContent = said;
      }
      version = now;
    } catch {
      // Offline: what is shown stays, and the next look comes.
    }
  };
  setInterval(look, EVERY);
}
