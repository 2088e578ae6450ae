// A form that came back: the reader starts at what is wrong with it, and the page's title says so first.
const summary = document.querySelector(".error-summary");
summary?.focus();
if (summary?.dataset.title && !document.title.startsWith(summary.dataset.title)) document.title = `${summary.dataset.title} ${document.title}`;
