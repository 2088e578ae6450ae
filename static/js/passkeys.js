// allauth's script says on the console only that a key was refused; the reader is told beside the button.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const words = document.querySelector("[data-passkey-failure]");
  if (words) {
    words.hidden = false;
    words.setAttribute("role", "alert");
  }
});
