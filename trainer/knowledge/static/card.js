// Keys of an answer card: C copies the words to say, P prints, F flags, = calculates.
import { copy, isPinned, onKey, pin, remember, say } from "./app.js";

const card = document.querySelector("main .answer-card");
if (card) {
  const known = { path: location.pathname, title: card.querySelector("h1").textContent.trim() };
  if (!location.pathname.includes("/versions/")) remember(known);

  const spoken = ["plain", "alternatives", "proactive"].map((id) => document.getElementById(id)).filter(Boolean);
  const button = card.querySelector("[data-copy]");
  const words = (part) => part.querySelector(".words").innerText.trim();
  async function copyWords() {
    if (!spoken.length) return;
    const text = spoken.map((part, i) => (i ? `${part.querySelector("h2").innerText.trim()}\n${words(part)}` : words(part))).join("\n\n");
    say((await copy(text)) ? card.dataset.copied : card.dataset.uncopied);
  }
  if (button) {
    button.classList.remove("waits");
    button.addEventListener("click", copyWords);
  }
  onKey("cC", copyWords);

  for (const link of document.querySelectorAll("[data-key]")) {
    onKey(link.dataset.key + link.dataset.key.toUpperCase(), () => link.click());
  }
  for (const offer of document.querySelectorAll(".offer")) {
    // Most cards are read without a calculation, so its script comes when it is opened.
    offer.addEventListener("toggle", async () => { if (offer.open) (await import("./trial.js")).open(offer); });
  }
  for (const panel of document.querySelectorAll("details")) {
    // Who opens a form on the card goes on typing.
    panel.addEventListener("toggle", () => {
      const words = panel.querySelector("textarea");
      if (panel.open && words) words.focus();
    });
  }
  const star = document.querySelector("[data-pin]");
  if (star) {
    const show = (on) => star.setAttribute("aria-pressed", String(on));
    star.classList.remove("waits");
    show(isPinned(known.path));
    star.addEventListener("click", () => show(pin(known)));
  }
}
