// What a steward's device has noted and the exchange does not have yet.
const WEEK = 7 * 864e5; // milliseconds

const newId = () =>
  crypto.randomUUID?.() ??
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) => (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

// One key a note, so that two pages of one browser do not overwrite each other's.
export class Notes {
  constructor(prefix, until) {
    this.prefix = prefix;
    this.memory = new Map(); // where the browser keeps nothing: until the page is closed
    // Long after the day a device has nothing of anybody to keep. Its clock may be wrong: the note was made by the same.
    for (const note of this.all()) if (Date.now() > Math.max(until, Date.parse(note.at)) + WEEK) this.drop(note);
  }

  all() {
    const found = new Map(this.memory);
    try {
      for (const key of Object.keys(localStorage).filter((one) => one.startsWith(this.prefix))) {
        try {
          const note = JSON.parse(localStorage.getItem(key));
          found.set(note.uuid, note);
        } catch {
          localStorage.removeItem(key);
        }
      }
    } catch {
      // Forbidden: what is in memory is all.
    }
    // In the order in which they were made, which a clock that is put right would not tell.
    return [...found.values()].sort((one, other) => one.number - other.number);
  }

  waiting() {
    return this.all().filter((note) => !note.refused);
  }

  add(code, undo) {
    const number = Math.max(0, ...this.all().map((note) => note.number)) + 1;
    this.keep({ uuid: newId(), code, number, at: new Date().toISOString(), undo });
  }

  keep(note) {
    this.memory.set(note.uuid, note);
    try {
      localStorage.setItem(this.prefix + note.uuid, JSON.stringify(note));
      this.memory.delete(note.uuid);
    } catch {
      // Full or forbidden: `memory` has it, and the page says so.
    }
  }

  drop(note) {
    this.memory.delete(note.uuid);
    try {
      localStorage.removeItem(this.prefix + note.uuid);
    } catch {
      // Forbidden: it was in memory only.
    }
  }
}
