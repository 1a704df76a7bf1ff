// A play by keyboard: the digits press the buttons. Without this file one clicks.
const form = document.querySelector(".ways");
const hint = document.querySelector("[data-keys]");
let sent = false; // one answer a page: whoever presses twice meant one

if (form) {
  const ways = [...form.querySelectorAll(".way")];
  hint.classList.remove("waits");

  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.matches("input, textarea, select, dialog *")) return;
    const way = ways["123456".indexOf(event.key)];
    if (!way) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // what is typed here is no question to the search
    way.click();
  }, true);
}
