// A mistake of a text leads to its line in the box.
const box = document.getElementById("text");

for (const link of document.querySelectorAll("[data-line]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const lines = box.value.split("\n");
    const at = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, at).join("\n").length + (at ? 1 : 0);
    box.focus();
    box.setSelectionRange(start, start + lines[at].length);
    box.scrollTop = (box.scrollHeight / lines.length) * Math.max(at - 3, 0);
  });
}
