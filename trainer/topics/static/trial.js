// 试算 inside an answer card: the form comes when it is opened, and runs in place.
async function show(offer, address, options) {
  const answer = await fetch(address, { credentials: "same-origin", ...options });
  const isPart = !answer.redirected && (answer.ok || answer.status === 422);
  if (!isPart) throw new Error(`no part: ${answer.status}`);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  let place = offer.querySelector(".trial");
  if (!place) {
    place = document.createElement("div");
    offer.append(place);
  }
  const part = page.querySelector(".trial");
  place.replaceWith(part);
  const first = part.querySelector("[role=alert], .outcome h2") || part.querySelector("input:not([type=hidden]), select");
  first.focus();
}

for (const offer of document.querySelectorAll(".offer[data-part]")) {
  offer.addEventListener("toggle", () => {
    if (!offer.open || offer.querySelector(".trial")) return;
    show(offer, offer.dataset.part).catch(() => { /* the link to the page is still there */ });
  });
  offer.addEventListener("submit", (event) => {
    const form = event.target;
    event.preventDefault();
    const body = new FormData(form);
    show(offer, form.closest(".trial").dataset.trial, { method: "POST", body }).catch(() => form.submit());
  });
}
