// The button that prints; Ctrl+P does it without a script.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => window.print());
button.focus();
