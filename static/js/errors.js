// A form that came back: the reader starts at what is wrong with it.
document.querySelector(".error-summary")?.focus();
