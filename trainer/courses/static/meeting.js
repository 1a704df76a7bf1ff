// The pack on the wall: keys go from one thing to the next. Without it one scrolls.
const slides = [...document.querySelectorAll(".slide")];
const place = document.querySelector("[data-place]");
const STEPS = { ArrowLeft: -1, PageUp: -1, ArrowUp: -1, ArrowRight: 1, PageDown: 1, ArrowDown: 1, " ": 1 };
let here = Math.max(0, slides.findIndex((slide) => `#${slide.id}` === location.hash));

function go(to) {
  here = Math.min(Math.max(to, 0), slides.length - 1);
  slides.forEach((slide, at) => slide.classList.toggle("here", at === here));
  place.textContent = `${here + 1} / ${slides.length}`;
  history.replaceState(null, "", `#${slides[here].id}`);
  window.scrollTo(0, 0);
  slides[here].focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("button, a") && event.key === " ") return;
  if (event.key === "Escape") document.querySelector("[data-leave]").click();
  else if (event.key === "Home") go(0);
  else if (event.key === "End") go(slides.length - 1);
  else if (event.key in STEPS) go(here + STEPS[event.key]);
  else return;
  event.preventDefault();
});
for (const button of document.querySelectorAll("[data-step]")) {
  button.classList.remove("waits");
  button.addEventListener("click", () => go(here + Number(button.dataset.step)));
}
place.classList.remove("waits");
document.body.dataset.ready = "";
go(here);
