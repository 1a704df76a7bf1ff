// 试算 on a card: the form comes when it is opened, and runs in place; Esc closes it.
async function show(offer, address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const isPart = !answer.redirected && (answer.ok || answer.status === 422);
  if (!isPart) throw new Error(`no part: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector(".trial");
  for (const standards of part.querySelectorAll(".parameters")) standards.open = false;
  const before = offer.querySelector(".trial");
  if (before) before.replaceWith(part);
  else offer.append(part);
  const first = part.querySelector("[role=alert], .outcome h2") || part.querySelector("input:not([type=hidden]), select");
  first.focus();
}

/** Bring the form of an offer, once; without one the link to the page is there. */
export function open(offer) {
  if (!offer.querySelector(".trial")) show(offer, offer.dataset.part).catch(() => {});
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const offer = form.closest(".offer");
  if (!offer) return;
  event.preventDefault();
  const body = new FormData(form);
  show(offer, form.closest(".trial").dataset.trial, { method: "POST", body }).catch(() => form.submit());
});

document.addEventListener("keydown", (event) => {
  const offer = event.target.closest(".offer[open]");
  if (!offer || event.key !== "Escape" || event.isComposing) return;
  offer.open = false;
  offer.querySelector("summary").focus();
});
