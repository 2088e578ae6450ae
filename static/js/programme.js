// Dragging on the timetable, an addition to its links: a session from the tray, or a run, dropped on a free place posts the
// same form as "Put a session in" or "Change"; the server says what clashes.
const form = document.getElementById("place");
let held = null;

function lift(event) {
  held = event.currentTarget;
  held.classList.add("held");
  // After the picture for dragging is taken: the free places grow, to be hit more easily.
  setTimeout(() => document.body.classList.add("dragging"));
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.textContent.trim());
}

function drop(event) {
  event.preventDefault();
  if (!held) return;
  const { slot, room } = event.currentTarget.dataset;
  if (held.dataset.run) form.action = held.dataset.run;
  else form.elements.session.value = held.dataset.session;
  form.elements.slot.value = slot;
  form.elements.room.value = room;
  form.requestSubmit();
}

if (form) {
  for (const item of document.querySelectorAll("[data-session], [data-run]")) {
    item.draggable = true;
    item.addEventListener("dragstart", lift);
    item.addEventListener("dragend", () => {
      held?.classList.remove("held");
      document.body.classList.remove("dragging");
      held = null;
    });
  }
  for (const place of document.querySelectorAll(".free")) {
    place.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      place.classList.add("over");
    });
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", drop);
  }
}
