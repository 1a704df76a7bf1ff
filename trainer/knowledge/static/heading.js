// The form of the front matter and the text, kept in step: what is changed in one is
// put into the other by the server. Without this script saving and preview do it.
const form = document.getElementById("editor");
const area = form.elements.namedItem("text");
const box = document.getElementById("heading");

const typed = () => new URLSearchParams(new FormData(form)).toString();
const asks = (root) => [...root.querySelectorAll("input, select, textarea")];
const says = (part) => JSON.stringify(asks(part).filter((one) => one.type !== "hidden").map((one) => [one.id, one.type === "checkbox" ? one.checked : one.value]));
const isWrong = (part) => Boolean(part.querySelector(".alert, .invalid"));

async function meet() {
  const sent = typed();
  let met = null;
  try {
    const answer = await fetch(box.dataset.meet, { method: "POST", body: new FormData(form) });
    if (answer.ok && !answer.redirected) met = await answer.json();
  } catch { /* saving tells what is wrong */ }
  // Whoever has typed on meanwhile asks again by leaving the field.
  if (!met || typed() !== sent) return;
  if (met.text !== area.value) {
    const top = area.scrollTop;
    area.value = met.text;
    area.scrollTop = top;
    area.dispatchEvent(new Event("input"));
  }
  show(new DOMParser().parseFromString(met.form, "text/html").querySelector(".heading-form"));
}

/** Show the form of the new text; where only what lies behind it changed, nothing moves. */
function show(fresh) {
  const part = box.querySelector(".heading-form");
  if (says(fresh) === says(part) && !isWrong(fresh) && !isWrong(part)) {
    for (const was of asks(fresh)) {
      if (was.type === "hidden") form.elements.namedItem(was.name).value = was.value;
    }
    return;
  }
  const place = box.contains(document.activeElement) ? document.activeElement.id : "";
  part.replaceWith(fresh);
  const again = place && document.getElementById(place);
  if (again) again.focus();
}

box.addEventListener("change", meet);
area.addEventListener("change", meet);
