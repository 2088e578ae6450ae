// A list put in order. Its "Move up" and "Move down" buttons post by themselves (name=move, value="up:<id>"); here they and
// dragging move the item at once and post the whole order, as `order` once per item, in the background.
// <form method="post"><ol data-order data-said="{item} is now number {n}" data-failed="..."><li data-id><span class="name">
function enhance(list) {
  const form = list.closest("form");
  const said = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  said.setAttribute("role", "status");
  list.after(said);

  const save = async (item) => {
    const body = new FormData(form);
    body.delete("move");
    body.delete("order");
    for (const one of list.children) body.append("order", one.dataset.id);
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
    } catch {
      // Not kept: say so where everybody sees it, and show what is kept after a reload.
      said.className = "notice notice-error";
      said.textContent = list.dataset.failed ?? "";
      return;
    }
    const place = [...list.children].indexOf(item) + 1;
    said.className = "visually-hidden";
    said.textContent = list.dataset.said?.replace("{item}", item.querySelector(".name").textContent.trim()).replace("{n}", place) ?? "";
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=move]");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    const up = button.value.startsWith("up");
    const other = up ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (up) other.before(item);
    else other.after(item);
    button.focus();
    save(item);
  });

  let held = null;
  let before = "";
  const order = () => [...list.children].map((one) => one.dataset.id).join(" ");
  for (const item of list.children) item.draggable = true;
  list.addEventListener("dragstart", (event) => {
    held = event.target.closest("li");
    before = order();
    held.classList.add("held");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!held) return;
    event.preventDefault();
    if (!over || over === held || over.parentElement !== list) return;
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(held);
    else over.after(held);
  });
  list.addEventListener("dragend", () => {
    held?.classList.remove("held");
    if (held && order() !== before) save(held);
    held = null;
  });
}

document.querySelectorAll("ol[data-order]").forEach(enhance);
