// Shows below each Markdown text what it will look like, as the server renders it, shortly after typing stops.
// Beside the lines of pictures it puts a button that inserts them.
const PAUSE = 600; // milliseconds

for (const form of document.querySelectorAll("form[data-preview-address]")) {
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const area of form.querySelectorAll("textarea[data-preview]")) {
    const box = Object.assign(document.createElement("div"), { className: "live-preview", tabIndex: 0 });
    box.setAttribute("role", "region");
    const label = Object.assign(document.createElement("p"), { textContent: `${form.dataset.previewLabel}: ${area.labels[0]?.firstChild.textContent.trim() ?? ""}` });
    label.id = `${area.id}-preview`;
    box.setAttribute("aria-labelledby", label.id);
    const prose = Object.assign(document.createElement("div"), { className: "prose", lang: area.lang });
    box.append(label, prose);
    area.after(box);
    let timer;
    let controller;
    const show = async () => {
      controller?.abort();
      controller = new AbortController();
      if (!area.value.trim()) return prose.replaceChildren();
      const body = new FormData();
      body.append("text", area.value);
      body.append("csrfmiddlewaretoken", token);
      try {
        const answer = await fetch(form.dataset.previewAddress, { method: "POST", body, redirect: "error", signal: controller.signal });
        const text = await answer.text();
        // The server has sanitised it; a refusal is plain words.
        if (answer.ok) prose.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
        else if (answer.status === 413) prose.textContent = text;
      } catch {
        // Offline or superseded: what was shown before stays.
      }
    };
    area.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(show, PAUSE);
    });
    show();
  }
}

// A picture's line goes in where the cursor last was.
let last = document.querySelector("textarea[data-preview]");
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea[data-preview]")) last = event.target;
});
for (const line of document.querySelectorAll("[data-snippet]")) {
  line.addEventListener("focus", () => line.select());
  if (!line.dataset.insert) continue;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "secondary small", textContent: line.dataset.insert });
  button.addEventListener("click", () => {
    const at = last.selectionStart;
    last.setRangeText(`\n\n${line.value}\n\n`, at, last.selectionEnd, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
  line.after(button);
}
