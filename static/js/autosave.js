// Saves a form a few seconds after typing stops, to the address that its button posts to; until the server has answered
// that it is kept, the text also lies on this device, and is offered back after a closed tab or an ended session.
// <form data-autosave="server|local" data-key="…" data-saved="Saved {time}" …><p data-status role="status">
const PAUSE = 3000; // milliseconds without a key before saving
const DAYS = 30; // how long a device keeps what was never saved

// What was sent from the page that led here has been kept by the server: a page that refuses it stays at its address,
// and one that asks to sign in again has no script of ours.
function forgetWhatArrived() {
  const from = document.referrer && new URL(document.referrer).pathname;
  if (!from || from === location.pathname) return;
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith("writing:") && JSON.parse(localStorage.getItem(name)).sent === from) localStorage.removeItem(name);
    }
  } catch {
    // Forbidden or not ours: nothing to forget.
  }
}

function enhance(form) {
  const words = form.dataset;
  const status = form.querySelector("[data-status]");
  const key = `writing:${words.key}`;
  const local = words.autosave === "local";
  let timer;
  let busy = false;
  let leaving = false;
  let stopped = false;

  const say = (text, link) => {
    status.textContent = text;
    if (!link) return;
    const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", rel: "noopener", textContent: words.signIn });
    status.append(" ", anchor);
  };

  const fields = () =>
    [...new FormData(form)].filter(([name, value]) => !["csrfmiddlewaretoken", "opened"].includes(name) && typeof value === "string");

  const keep = (sent) => {
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: fields(), sent }));
    } catch {
      // Full or forbidden: the server still has what was saved last.
    }
  };

  const forget = () => {
    try {
      localStorage.removeItem(key);
    } catch {
      // Forbidden: then nothing was kept either.
    }
  };

  const save = async () => {
    if (local || stopped) return;
    if (busy) {
      timer = setTimeout(save, PAUSE);
      return;
    }
    busy = true;
    const sent = JSON.stringify(fields());
    const body = new FormData(form);
    body.append("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
      const said = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      if (answer.ok && said.saved) {
        form.elements.opened.value = said.opened;
        if (sent === JSON.stringify(fields())) forget();
        say(words.saved.replace("{time}", said.saved));
      } else if (said.conflict || said.refused) {
        stopped = true;
        say(said.conflict ?? said.refused);
      } else if (answer.status === 422) {
        say(words.invalid);
      } else if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 401) {
        say(words.signedOut, words.login);
      } else {
        say(words.offline);
      }
    } catch {
      say(words.offline);
    } finally {
      busy = false;
    }
  };

  const changed = () => {
    if (leaving) return;
    keep();
    clearTimeout(timer);
    if (local) say(words.kept);
    else timer = setTimeout(save, PAUSE);
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  window.addEventListener("online", () => {
    if (status.textContent === words.offline) changed();
  });
  form.addEventListener("submit", () => {
    // The page that answers says what became of it; what it does not accept comes back in its fields.
    leaving = true;
    clearTimeout(timer);
    keep(location.pathname);
  });

  offer();

  function offer() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(key) ?? "null");
    } catch {
      kept = null;
    }
    if (!kept) return;
    const same = JSON.stringify(kept.fields) === JSON.stringify(fields());
    if (same || Date.now() - kept.at > DAYS * 86400000) {
      forget();
      return;
    }
    const box = Object.assign(document.createElement("div"), { className: "notice notice-warning found" });
    const text = document.createElement("p");
    text.textContent = words.found.replace("{time}", new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }));
    const button = (label, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "secondary small", textContent: label });
      made.addEventListener("click", () => {
        act();
        box.remove();
      });
      return made;
    };
    box.append(text, button(words.restore, () => restore(kept.fields)), button(words.discard, forget));
    form.before(box);
  }

  function restore(kept) {
    const names = new Set(kept.map(([name]) => name));
    for (const control of form.elements) {
      if (!control.name || ["csrfmiddlewaretoken", "opened"].includes(control.name) || control.type === "file") continue;
      const values = kept.filter(([name]) => name === control.name).map(([, value]) => value);
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
      else if (names.has(control.name)) control.value = values[0];
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("textarea, input:not([type=hidden])")?.focus();
  }
}

forgetWhatArrived();
document.querySelectorAll("form[data-autosave]").forEach(enhance);
