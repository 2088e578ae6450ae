// Keeps the questions of a date fresh: votes are counted where they stand, and the list is fetched when it has changed.
const EVERY = 5000; // milliseconds
const PATIENCE = 15000; // milliseconds until a request counts as lost

const ask = (address, cache) => fetch(address, { cache, signal: AbortSignal.timeout?.(PATIENCE) });

const count = (place, votes) => {
  const list = place.querySelector(".asked");
  if (!list) return;
  const rows = new Map([...list.children].map((row) => [row.id, row]));
  for (const [key, number, word] of votes) {
    const shown = rows.get(`question-${key}`)?.querySelector(".votes");
    shown?.querySelector("strong").replaceChildren(String(number));
    shown?.querySelector("span").replaceChildren(word);
  }
  // In the order of the votes, but never under the finger of somebody who is about to press.
  if (list.matches(":hover") || list.contains(document.activeElement)) return;
  const order = votes.map(([key]) => rows.get(`question-${key}`)).filter(Boolean);
  if (order.some((row, index) => list.children[index] !== row)) list.append(...order);
};

for (const place of document.querySelectorAll("[data-questions]")) {
  const { number, list, news, said, asked } = place.dataset;
  let { digest } = place.dataset;
  let looking = false;
  const compare = async () => {
    const answer = await ask(number, "no-cache");
    if (!answer.ok) return;
    const now = await answer.json();
    // Votes alone are no news to whoever decides what is shown.
    if (news && (String(now.asked) !== asked || now.digest !== digest)) document.getElementById(news).hidden = false;
    if (!list) return;
    if (now.digest === digest) return count(place, now.votes);
    const fresh = await ask(list, "no-store");
    if (!fresh.ok) return;
    const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
    // Whoever stands on a button of the list stays on it.
    const held = document.activeElement?.closest?.(".question")?.id;
    place.replaceChildren(...page.body.childNodes);
    if (held) document.getElementById(held)?.querySelector("button")?.focus();
    const status = document.getElementById("questions-said");
    if (said && status) status.textContent = said;
    digest = now.digest;
  };
  const look = async () => {
    if (document.hidden || looking) return; // an answer that is late must not undo a newer one
    looking = true;
    try {
      await compare();
    } catch {
      // Offline: what is shown stays, and the next look comes.
    } finally {
      looking = false;
    }
  };
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
