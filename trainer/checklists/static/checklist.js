// Keys of a checklist: C copies the words to say, P prints, F flags.
import { copy, onKey, say } from "./app.js";

const frame = document.querySelector(".items");
if (frame) {
  const spoken = (item) => item && item.querySelector("[data-say]");

  async function copyWords(item) {
    const words = spoken(item).innerText.trim();
    say((await copy(words)) ? frame.dataset.copied + words : frame.dataset.uncopied);
  }

  /** The item that is meant: with the focus, named by the address, or topmost on screen. */
  function meant() {
    const under = document.querySelector(".top").getBoundingClientRect().bottom;
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const all = [...frame.querySelectorAll("article.item")].filter(spoken);
    const own = document.activeElement.closest("article.item");
    return [own, named].find((item) => all.includes(item)) || all.find((item) => item.getBoundingClientRect().bottom > under);
  }

  for (const button of frame.querySelectorAll("[data-copy-say]")) {
    button.classList.remove("waits");
    button.addEventListener("click", () => copyWords(button.closest("article.item")));
  }
  onKey("cC", () => { const item = meant(); if (item) copyWords(item); });
  for (const link of document.querySelectorAll("[data-key]")) {
    onKey(link.dataset.key + link.dataset.key.toUpperCase(), () => link.click());
  }
}
