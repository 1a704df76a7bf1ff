// Ticking off by keys: 1 to 9 tick, Enter is done, Esc leaves. Without this script the
// page is a plain form.
const form = document.querySelector("[data-tick]");
if (form) {
  const boxes = [...form.querySelectorAll("[name=ticked]")];
  // The page takes the keys before search does, but for what is typed into a field.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("select, textarea, input:not([type=checkbox]), dialog *")) return;
    const box = boxes["123456789".indexOf(event.key)];
    if (box) take(event, () => { box.checked = !box.checked; box.focus(); });
    else if (event.key === "Escape" && !document.querySelector("dialog[open]")) take(event, () => window.location.assign(form.dataset.leave));
    else if (event.key === "Enter" && !event.target.matches("a, button, summary")) take(event, () => form.requestSubmit());
  }, true);
}

function take(event, act) {
  event.preventDefault();
  event.stopImmediatePropagation();
  act();
}
