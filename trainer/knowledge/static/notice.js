// The button that prints; Ctrl+P does it without a script.
const button = document.querySelector("[data-print]");
button.classList.remove("waits");
button.addEventListener("click", () => window.print());
button.focus();
