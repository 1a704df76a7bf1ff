// Sugar for rosters: a file may be dropped, arrows go up and down a column.
const place = document.querySelector(".drop");
if (place) {
  const input = place.querySelector("input[type=file]");
  const over = (is) => place.classList.toggle("over", is);
  place.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
  place.addEventListener("dragleave", () => over(false));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    input.focus();
  });
}

const table = document.querySelector(".roster table");
if (table) {
  table.addEventListener("keydown", (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const cell = event.target.dataset.field;
    if (!step || !cell || event.isComposing || event.altKey || event.ctrlKey) return;
    const column = [...table.querySelectorAll(`[data-field="${cell}"]`)];
    const next = column[column.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  });
}

// What was typed is not lost by a link or a reload.
let typed = false;
for (const form of document.querySelectorAll(".roster form")) {
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
}
window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
