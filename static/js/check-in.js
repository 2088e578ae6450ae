// Check-in on a device whose connection comes and goes: what is noted is kept here until the exchange has it.
// Each note has an identifier of its own, so that sending it again does nothing twice.
const EVERY = 15000; // milliseconds between two looks at the list
const PATIENCE = 20000; // milliseconds until a request counts as lost
const AT_ONCE = 200; // notes in a request
const MOST = 300; // rows
const GONE = [403, 404, 410];

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_all, name) => values?.[name] ?? "");
// As the server folds what a search looks in: case, accents and apostrophes tell nobody apart.
const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘ʼ]/g, "'");

const door = document.querySelector("[data-door]");
if (door) {
  const words = door.dataset;
  // By the address that the page gives: it changes with the script, so that no old one is met in a cache.
  const { Notes } = await import(words.notes);
  const notes = new Notes(`check-in ${words.uuid} `, Date.parse(words.until));
  const place = (name) => document.getElementById(`door-${name}`);
  const [said, list, search] = [place("said"), place("list"), door.querySelector("[data-search] input")];
  const rows = new Map();
  let people = new Map();
  let token = door.querySelector("[name=csrfmiddlewaretoken]")?.value;
  let asOf = Date.parse(words.now); // by the server's clock
  let tag = "";
  let ended = false;
  let offline = !navigator.onLine;
  let sending = false;
  let again = false; // asked for while one was on its way: what that one read may be older
  let looked = ""; // a code that was not in the list when it was noted, and is spoken of
  // "Everything is sent" is news only to whoever was told that something waits; else it would wipe out who just came.
  let behind = notes.waiting().length > 0;

  const say = (text) => {
    said.className = text ? "notice notice-info" : "";
    said.textContent = text;
  };
  const load = (given) => {
    people = new Map(given.map((one) => [one.code, one]));
  };
  const lastOf = (code) => notes.waiting().findLast((note) => note.code === code);

  const stateOf = (one, last) => {
    if (one.is_settled) return one.note ? "came" : "missed";
    if (last) return last.undo ? "undone" : "queued";
    if (one.note) return words.open ? "here" : "came";
    return words.open ? "absent" : "closed";
  };

  const rowOf = (one, last) => {
    if (!rows.has(one.code)) rows.set(one.code, document.getElementById("door-row").content.firstElementChild.cloneNode(true));
    const row = rows.get(one.code);
    row.dataset.code = one.code;
    for (const part of row.querySelectorAll("[data-part]")) part.textContent = one[part.dataset.part];
    row.querySelector("[data-body]").hidden = !one.body;
    const state = stateOf(one, last);
    const held = row.contains(document.activeElement) && document.activeElement;
    for (const part of row.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
    // Whoever pressed a button that is not there any more stands on the other one.
    if (held?.hidden) row.querySelector("button:not([hidden])")?.focus();
    return row;
  };

  const time = () => {
    const then = new Date(asOf);
    const clock = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    return then.toDateString() === new Date().toDateString() ? clock : `${then.getDate()}/${then.getMonth() + 1}, ${clock}`;
  };

  const showList = (waiting) => {
    const last = new Map(waiting.map((note) => [note.code, note]));
    const wanted = fold(search.value).split(/\s+/).filter(Boolean);
    const found = [...people.values()].filter((one) => wanted.every((word) => one.folded.includes(word)));
    const shown = found.slice(0, MOST).map((one) => rowOf(one, last.get(one.code)));
    const all = new Set(shown);
    for (const row of [...list.children]) if (!all.has(row)) row.remove();
    shown.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
    place("more").hidden = found.length <= MOST;
    place("none").hidden = found.length > 0 || ended;
    place("none").textContent = people.size ? fill(words.none, { words: search.value }) : words.nobody;
  };

  const show = () => {
    const waiting = notes.waiting();
    place("waiting").hidden = waiting.length === 0 || ended;
    place("waiting").querySelector("[data-number]").textContent = fill(words.waiting, { n: waiting.length });
    place("offline").hidden = !offline || ended;
    place("offline").querySelector("[data-text]").textContent = fill(words.offline, { time: time() });
    place("forgetful").hidden = notes.memory.size === 0;
    place("ended").hidden = !ended;
    const refused = notes.all().filter((note) => note.refused);
    const shown = new Map([...place("refused").children].map((row) => [row.dataset.uuid, row]));
    for (const note of refused.filter((one) => !shown.delete(one.uuid))) {
      const row = document.getElementById("door-refusal").content.firstElementChild.cloneNode(true);
      row.dataset.uuid = note.uuid;
      const name = people.get(note.code)?.name;
      row.querySelector("[data-text]").textContent = `${name ? `${name}, ` : ""}${note.code}: ${fill(words.refused, { words: note.refused })}`;
      row.querySelector("button").addEventListener("click", () => {
        notes.drop(note);
        show();
      });
      place("refused").append(row);
    }
    for (const row of shown.values()) row.remove();
    showList(waiting);
  };

  const ask = (address, options = {}) => fetch(address, { cache: "no-store", signal: AbortSignal.timeout?.(PATIENCE), ...options });

  // The link does not open anything any more: nobody's name stays on this device, and what it noted waits for a new link.
  const end = () => {
    ended = true;
    load([]);
    for (const part of door.querySelectorAll("[data-while-open]")) part.hidden = true;
    say("");
    door.dispatchEvent(new Event("door-ended"));
  };

  const refresh = async () => {
    const answer = await ask(words.list, tag ? { headers: { "If-None-Match": tag } } : {});
    if (GONE.includes(answer.status)) return end();
    const kept = answer.headers.get("X-Kept"); // by the worker, which has no connection
    const then = Date.parse(kept ?? answer.headers.get("Date"));
    if (kept) offline = true;
    else if (!answer.ok && answer.status !== 304) throw new Error(String(answer.status));
    else offline = false;
    // Dates of answers are whole seconds.
    if (answer.status === 304 || (kept && then < asOf - 999)) {
      if (!kept) asOf = then;
      return undefined;
    }
    load((await answer.json()).people);
    asOf = then;
    const counts = await ask(words.counts).then((one) => (one.ok ? one.text() : ""));
    if (counts) document.getElementById("counts").replaceChildren(...new DOMParser().parseFromString(counts, "text/html").body.childNodes);
    if (kept) return undefined;
    tag = answer.headers.get("ETag");
    door.dispatchEvent(new CustomEvent("door-fresh", { detail: { people: [...people.values()], counts, at: asOf } }));
    return undefined;
  };

  // A token is old after somebody signed in or out in this browser; the page has a new one, if it still opens.
  const hasNewToken = async () => {
    const answer = await ask(words.desk);
    if (GONE.includes(answer.status)) end();
    if (!answer.ok || answer.headers.has("X-Kept")) return false;
    token = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value;
    return Boolean(token);
  };
  const post = (batch) =>
    ask(words.replay, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(batch), redirect: "error" });

  const settle = (batch, answers) => {
    const given = new Map(answers.map((one) => [one.uuid, one]));
    for (const note of batch) {
      const answer = given.get(note.uuid);
      if (!answer) throw new Error("unanswered");
      if (answer.result === "refused") {
        notes.keep({ ...note, refused: answer.words });
        say("");
      } else {
        notes.drop(note);
        const one = people.get(note.code);
        if (one) one.note = answer.note;
      }
    }
  };

  const sendAll = async () => {
    let size = AT_ONCE;
    for (let batch = notes.waiting().slice(0, size); batch.length; batch = notes.waiting().slice(0, size)) {
      let answer = await post(batch);
      if (answer.status === 403 && (await hasNewToken())) answer = await post(batch);
      if (ended) return undefined;
      if (answer.status === 404 || answer.status === 410) return end();
      if (answer.status === 400 && batch.length > 1) size = 1; // one of them is spoilt: the others go without it
      else if (answer.status === 400) settle(batch, [{ uuid: batch[0].uuid, result: "refused", words: (await answer.json()).error }]);
      else if (!answer.ok) throw new Error(String(answer.status));
      else settle(batch, (await answer.json()).answers);
    }
    if (behind) say(words.sent);
    behind = false;
    return undefined;
  };

  const look = async () => {
    again = sending;
    if (sending || ended) return;
    sending = true;
    try {
      await sendAll();
      if (!ended && !document.hidden) await refresh();
    } catch {
      offline = true; // The notes stay, and are sent with the next.
      behind ||= notes.waiting().length > 0;
    } finally {
      sending = false;
      // Not before its own note has gone: a list that was on its way already knows the code and not the arrival.
      if (looked && !offline && !lastOf(looked)) {
        if (people.get(looked)?.note) say(fill(words.arrived, people.get(looked)));
        looked = "";
      }
      show();
    }
    if (again || (!offline && notes.waiting().length)) look();
  };

  const note = (code, undo) => {
    notes.add(code, undo);
    behind ||= offline || !navigator.onLine;
    show();
    look();
  };

  const arrive = (code) => {
    const one = people.get(code);
    const last = lastOf(code);
    if (last ? !last.undo : one?.note) return say(fill(words.already, one ?? { name: code }));
    say(one ? fill(words.arrived, one) : fill(words.looked, { code }));
    looked = one ? "" : code;
    return note(code);
  };

  door.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.target.matches("[data-search]")) return;
    const field = event.target.elements.code;
    const code = field.value.trim().toUpperCase();
    if (code) arrive(code);
    event.target.reset();
    field.focus();
  });
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    const code = button?.closest("[data-code]").dataset.code;
    if (button?.dataset.do === "arrive") arrive(code);
    if (button?.dataset.do !== "undo") return;
    say(fill(words.undone, people.get(code)));
    note(code, lastOf(code)?.uuid ?? people.get(code).note);
  });
  search.addEventListener("input", show);

  window.addEventListener("storage", show);
  window.addEventListener("online", look);
  window.addEventListener("offline", () => {
    offline = true;
    show();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);

  load(JSON.parse(document.getElementById("people").textContent));
  list.replaceChildren();
  // The copy stands in for every check-in page that cannot be reached: of a QR code the code is left to be checked in.
  if (location.pathname !== words.desk) {
    const code = location.pathname.split("/").at(-2).toUpperCase();
    const field = door.querySelector("[data-by-code] [name=code]");
    if (/^[A-Z0-9]{6}$/.test(code)) field.value = code;
    say(field.value ? fill(words.scanned, { code, name: people.get(code)?.name }) : words.needs);
    history.replaceState(null, "", words.desk);
  }
  show();
  look();
}
