// Keeps the questions of a date fresh: votes are counted where they stand, and the list is fetched when it has changed.
const EVERY = 5000; // milliseconds

const count = (place, votes) => {
  const list = place.querySelector(".asked");
  if (!list) return;
  const rows = new Map([...list.children].map((row) => [row.id, row]));
  for (const [key, number] of votes) rows.get(`question-${key}`)?.querySelector(".votes strong")?.replaceChildren(String(number));
  // In the order of the votes, but never under the finger of somebody who is about to press.
  if (!list.matches(":hover") && !list.contains(document.activeElement)) {
    for (const [key] of votes) if (rows.has(`question-${key}`)) list.append(rows.get(`question-${key}`));
  }
};

for (const place of document.querySelectorAll("[data-questions]")) {
  const { number, list, news, said } = place.dataset;
  let { digest, version } = place.dataset;
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(number, { cache: "no-cache" });
      if (!answer.ok) return;
      const now = await answer.json();
      if (news && String(now.version) !== version) document.getElementById(news).hidden = false;
      if (!list) return;
      if (now.digest === digest) return count(place, now.votes);
      const fresh = await fetch(list, { cache: "no-store" });
      if (!fresh.ok) return;
      const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
      // Whoever stands on a button of the list stays on it.
      const held = document.activeElement?.closest?.(".question")?.id;
      place.replaceChildren(...page.body.childNodes);
      if (held) document.getElementById(held)?.querySelector("button")?.focus();
      const status = document.getElementById("questions-said");
      if (said && status) status.textContent = said;
      digest = now.digest;
    } catch {
      // Offline: what is shown stays, and the next look comes.
    }
  };
  setInterval(look, EVERY);
}
