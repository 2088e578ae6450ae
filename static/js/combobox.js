// An editable combobox (ARIA 1.2, list autocomplete) out of <input list data-combobox> and its <datalist>, which stay as they
// are without script. With data-several the value is a list parted by commas, or by the mark that it names, and suggestions
// are for its last word. data-found, of either, holds the words of the count: "{n} found".
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase(); // "ty" finds "Tŷ"
const MOST = 8;
let made = 0;

function enhance(input) {
  const source = document.getElementById(input.getAttribute("list"));
  if (!source) return;
  const options = [...source.options].map((option) => option.value);
  const several = "several" in input.dataset;
  const between = input.dataset.several || ",";
  const found = input.dataset.found ?? source.dataset.found;
  const frame = Object.assign(document.createElement("div"), { className: "combobox" });
  const box = Object.assign(document.createElement("ul"), { id: `combobox-${++made}`, className: "listbox", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  said.setAttribute("role", "status");
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  input.before(frame);
  frame.append(input, box, said);
  input.removeAttribute("list");
  const attributes = { role: "combobox", "aria-expanded": "false", "aria-controls": box.id, "aria-autocomplete": "list", autocomplete: "off" };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let at = -1;
  const before = () => (several ? input.value.slice(0, input.value.lastIndexOf(between) + 1) : "");
  const typed = () => input.value.slice(before().length).trim();
  const close = () => {
    box.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    const items = box.children;
    items[at]?.setAttribute("aria-selected", "false");
    at = (index + items.length) % items.length;
    items[at].setAttribute("aria-selected", "true");
    items[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[at].id);
  };
  const open = () => {
    const wanted = fold(typed());
    const taken = new Set(several ? before().split(between).map((one) => fold(one.trim())) : []);
    const hits = wanted ? options.filter((one) => fold(one).includes(wanted) && !taken.has(fold(one))) : [];
    hits.sort((a, b) => fold(b).startsWith(wanted) - fold(a).startsWith(wanted));
    box.replaceChildren(
      ...hits.slice(0, MOST).map((text, index) => {
        const item = Object.assign(document.createElement("li"), { id: `${box.id}-${index}`, textContent: text });
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        return item;
      }),
    );
    at = -1;
    box.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(!box.hidden));
    input.removeAttribute("aria-activedescendant");
    said.textContent = wanted && found ? found.replace("{n}", hits.length) : "";
  };
  const pick = (item) => {
    const kept = before();
    input.value = several ? `${kept}${kept ? " " : ""}${item.textContent}${between} ` : item.textContent;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.addEventListener("input", open);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (box.hidden) open();
      if (box.hidden) return;
      mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
    } else if (event.key === "Enter" && !box.hidden && at >= 0) pick(box.children[at]);
    else if (event.key === "Escape" && !box.hidden) close();
    else return;
    event.preventDefault();
  });
  // Before the blur that a click would cause.
  box.addEventListener("pointerdown", (event) => {
    const item = event.target.closest("[role=option]");
    event.preventDefault();
    if (item) pick(item);
  });
}

document.querySelectorAll("input[list][data-combobox]").forEach(enhance);
