// Check-in on a device whose connection comes and goes: what is noted is kept here until the exchange has it.
// Each note has an identifier of its own, so that sending it again does nothing twice.
const door = document.querySelector("[data-door]");
if (door) {
  const words = door.dataset;
  const key = `check-in ${words.uuid}`;
  const people = new Map(JSON.parse(document.getElementById("people").textContent).map((one) => [one.code, one]));
  const token = door.querySelector("[name=csrfmiddlewaretoken]").value;
  const said = document.getElementById("door-said");
  const waiting = document.getElementById("door-waiting");
  const refused = document.getElementById("door-refused");
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const kept = () => JSON.parse(localStorage.getItem(key) ?? "[]");
  const keep = (notes) => (notes.length ? localStorage.setItem(key, JSON.stringify(notes)) : localStorage.removeItem(key));
  const say = (text) => {
    said.className = "notice notice-info";
    said.textContent = text;
  };

  const show = () => {
    const notes = kept();
    waiting.hidden = notes.length === 0;
    waiting.querySelector("[data-number]").textContent = fill(words.waiting, { n: notes.length });
    const noted = new Set(notes.map((note) => note.code));
    for (const row of door.querySelectorAll("[data-code]")) {
      const one = people.get(row.dataset.code);
      if (!noted.has(row.dataset.code) && !one?.check_in) continue;
      const form = row.querySelector("form");
      // A check-in that the server knows keeps its own button to undo it.
      if (form?.querySelector(".is-here") && !noted.has(row.dataset.code)) continue;
      const mark = Object.assign(document.createElement("p"), { className: noted.has(row.dataset.code) ? "is-queued" : "is-here" });
      mark.textContent = noted.has(row.dataset.code) ? words.queued : words.here;
      row.querySelector("form, p:last-child")?.replaceWith(mark);
    }
  };

  let sending = false;
  // "Everything is sent" is news only to whoever was told that something waits; else it would wipe out who just came.
  let behind = kept().length > 0;
  const send = async () => {
    const notes = kept();
    if (!notes.length || sending) return;
    sending = true;
    try {
      const answer = await fetch(words.replay, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify(notes.slice(0, 200)),
        redirect: "error",
      });
      if (!answer.ok) {
        behind = true;
        return;
      }
      const { answers } = await answer.json();
      const settled = new Map(answers.map((one) => [one.uuid, one]));
      for (const note of notes) {
        const result = settled.get(note.uuid);
        if (result?.result === "done" && people.has(note.code)) people.get(note.code).check_in = true;
        if (result?.result === "refused") {
          refused.hidden = false;
          refused.append(Object.assign(document.createElement("li"), { className: "notice notice-error", textContent: `${note.code}: ${fill(words.refused, result)}` }));
        }
      }
      keep(kept().filter((note) => !settled.has(note.uuid)));
      if (behind && !kept().length) {
        behind = false;
        say(words.sent);
      }
      refreshCounts();
    } catch {
      behind = true; // No connection: the notes stay, and are sent with the next.
    } finally {
      sending = false;
      show();
    }
  };

  const arrive = (code) => {
    const one = people.get(code);
    if (!one) return say(fill(words.unknown, { code }));
    if (one.check_in || kept().some((note) => note.code === code)) return say(fill(words.already, one));
    keep([...kept(), { uuid: crypto.randomUUID(), code, at: new Date().toISOString() }]);
    say(fill(words.arrived, one));
    show();
    send();
  };

  door.addEventListener("submit", (event) => {
    const code = event.target.elements.code?.value.trim().toUpperCase();
    // Undoing, and codes of bookings that this list does not have, go to the server as they are.
    if (!code || (navigator.onLine && !people.has(code))) return;
    event.preventDefault();
    arrive(code);
    if (event.target.matches("[data-by-code]")) {
      event.target.reset();
      event.target.elements.code.focus();
    }
  });

  const search = door.querySelector("[data-search] input");
  search?.addEventListener("input", () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of door.querySelectorAll("[data-code]")) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
    }
  });

  const refreshCounts = async () => {
    if (document.hidden || !navigator.onLine) return;
    try {
      const answer = await fetch(words.counts, { cache: "no-store" });
      if (answer.ok) document.getElementById("counts").replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch {
      // The figures that are shown are old, and the next ones come.
    }
  };

  window.addEventListener("online", send);
  setInterval(send, 15000);
  setInterval(refreshCounts, 10000);
  // Long after the day a device has nothing of anybody to keep.
  if (Date.now() > Date.parse(words.ends) + 7 * 864e5) keep([]);
  show();
  send();
}
