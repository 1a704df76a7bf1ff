// Taking a quiz: one question at a time, each answer sent as it is given and kept here
// until the server has acknowledged it. Without this script the page is one form.
const form = document.getElementById("paper");
const sections = [...form.querySelectorAll(".asked")];
const forward = form.hasAttribute("data-forward");
const status = form.querySelector("[data-status]");
const alarm = form.querySelector("[data-alert]");
const SHELF = `quiz-${form.dataset.attempt}`;
const PAUSE = 400; // milliseconds after the last key before words are sent
const AGAIN = 3000; // milliseconds before a save that failed is tried again
const FINAL = [409, 413, 422]; // no other try would be answered differently

let edit = Number(form.dataset.edit);
let here = sections.find((s) => s.dataset.position === form.dataset.place) || sections[0];
let since = performance.now();
const spent = new Map(); // milliseconds on each question
const queue = new Map(shelf()); // saves not acknowledged yet, by position
let sending = false;
let retry = 0;

function shelf() {
  try {
    const kept = JSON.parse(localStorage.getItem(SHELF) || "[]");
    return kept.map((save) => [save.position, save]);
  } catch {
    return [];
  }
}

function shelve() {
  try {
    if (queue.size) localStorage.setItem(SHELF, JSON.stringify([...queue.values()]));
    else localStorage.removeItem(SHELF);
  } catch { /* a browser that keeps nothing still sends */ }
}

const position = (section) => Number(section.dataset.position);
const fields = (section) => [...section.querySelectorAll(`[name="a${section.dataset.position}"]`)];

/** What is given to a question, in the order of its fields. */
function given(section) {
  return fields(section)
    .filter((f) => !["radio", "checkbox"].includes(f.type) || f.checked)
    .map((f) => f.value);
}

/** Put a save that was kept here back into its fields. */
function restore(section, save) {
  fields(section).forEach((f, at) => {
    if (["radio", "checkbox"].includes(f.type)) f.checked = save.given.includes(f.value);
    else f.value = save.given[at] || "";
  });
  const flag = section.querySelector(`[name="f${section.dataset.position}"]`);
  if (flag) flag.checked = save.flagged;
}

/** Every rank must be filled before an order is an answer. */
function isWhole(section, answer) {
  if (section.dataset.type !== "order") return true;
  const ranks = answer.filter(Boolean);
  return ranks.length === 0 || (ranks.length === answer.length && new Set(ranks).size === ranks.length);
}

function note(section) {
  const answer = given(section);
  const flag = section.querySelector(`[name="f${section.dataset.position}"]`);
  mark(section, answer, flag && flag.checked);
  if (section.hasAttribute("data-locked") || !isWhole(section, answer)) return;
  count();
  edit += 1;
  queue.set(position(section), {
    position: position(section),
    given: answer,
    number: edit,
    flagged: Boolean(flag && flag.checked),
    seconds: Math.round((spent.get(section) || 0) / 1000),
  });
  form.elements.edit.value = edit;
  shelve();
  send();
}

function mark(section, answer, flagged) {
  const number = form.querySelector(`[data-number-of="${section.dataset.position}"]`);
  number?.classList.toggle("done", answer.some(Boolean));
  number?.classList.toggle("flagged", Boolean(flagged));
}

function count() {
  const now = performance.now();
  if (!document.hidden) spent.set(here, (spent.get(here) || 0) + now - since);
  since = now;
}

function warn(words) {
  alarm.textContent = words;
  alarm.hidden = !words;
}

/** Send what waits, the oldest first, one at a time. */
async function send() {
  if (sending || !queue.size) return;
  sending = true;
  clearTimeout(retry);
  status.textContent = form.dataset.saving;
  try {
    let kept = true;
    while (queue.size) {
      const save = [...queue.values()].sort((a, b) => a.number - b.number)[0];
      kept = await one(save) && kept;
    }
    status.textContent = kept ? form.dataset.saved : "";
  } catch (failed) {
    const expired = failed.message === "expired";
    status.textContent = "";
    warn(expired ? form.dataset.expired : form.dataset.offline);
    retry = setTimeout(send, expired ? 10 * AGAIN : AGAIN); // coming back to the page sends too
  } finally {
    sending = false;
  }
}

/** Send a save; gives whether it is kept. What nobody has answered for stays in the queue. */
async function one(save, again = false) {
  const answer = await fetch(form.dataset.save, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
    body: JSON.stringify(save),
  });
  if (answer.type === "opaqueredirect") throw new Error("expired");
  if (answer.status === 400 && !again && await renewed()) return one(save, true);
  if (!answer.ok && !FINAL.includes(answer.status)) throw new Error(answer.status < 429 ? "expired" : "later");
  const told = await answer.json();
  if (queue.get(save.position) === save) queue.delete(save.position);
  shelve();
  if (!answer.ok) {
    warn(told.error.message);
    return false;
  }
  if (!alarm.hidden && !alarm.dataset.stays) warn("");
  if (told.number > save.number) {
    edit = Math.max(edit, told.number);
    const later = queue.get(save.position);
    if (later) queue.set(save.position, { ...later, number: (edit += 1) });
    else { warn(form.dataset.elsewhere); alarm.dataset.stays = "y"; }
  } else if (form.elements[`n${save.position}`]) form.elements[`n${save.position}`].value = save.number;
  if (told.left !== null) clock(told.left);
  return true;
}

/** After another login the page needs another token: it asks for itself, and takes it. */
async function renewed() {
  const page = await fetch(form.action, { redirect: "manual" });
  if (page.type === "opaqueredirect") window.location.reload(); // the attempt has ended
  const token = page.ok && new DOMParser().parseFromString(await page.text(), "text/html").querySelector("#paper [name=csrf_token]");
  if (token) form.elements.csrf_token.value = token.value;
  return Boolean(token);
}

/** Show one question. */
function show(section, focus = true) {
  if (!section) return;
  count();
  here = section;
  if (!forward) for (const other of sections) other.hidden = other !== section;
  for (const number of form.querySelectorAll("[data-number-of]")) {
    if (number.dataset.numberOf === section.dataset.position) number.setAttribute("aria-current", "true");
    else number.removeAttribute("aria-current");
  }
  if (!focus) return;
  const first = wordsOf(section);
  if (first) first.focus();
  else { section.tabIndex = -1; section.focus({ preventScroll: true }); }
  section.scrollIntoView({ block: "nearest" });
}

/** Where words are typed, if it is not locked. */
function wordsOf(section) {
  return fields(section).find((f) => (f.type === "text" || f.tagName === "TEXTAREA") && !f.disabled && !f.readOnly);
}

const beside = (steps) => sections[sections.indexOf(here) + steps];

function next() {
  const last = here.querySelector("[data-last]");
  const onwards = here.querySelector("[data-next]");
  if (onwards) onwards.click();
  else if (beside(1)) show(beside(1));
  else if (last) last.click();
}

// Keys: the page takes them before search does. F is the flag, so a sixth choice has 6.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  const types = target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  if (event.key === "Enter" && !target.matches("textarea, button, a, summary") && (form.contains(target) || target === document.body)) {
    take(event, next);
    return;
  }
  if (types || target.matches("dialog *")) return;
  const key = event.key.toUpperCase();
  const at = "123456789".includes(key) ? Number(key) - 1 : "ABCDEFGHIJKLMNOP".indexOf(key);
  const choices = [...here.querySelectorAll(".choice input")];
  const flag = here.querySelector(".flagging input");
  if (key === "F" && flag) take(event, () => flag.click());
  else if (event.key === "ArrowLeft" && !forward) take(event, () => show(beside(-1)));
  else if (event.key === "ArrowRight" && !forward) take(event, () => show(beside(1)));
  else if (key.length === 1 && at >= 0 && choices[at] && !choices[at].disabled) take(event, () => choices[at].click());
  else if (key.length === 1 && !" /?".includes(key)) {
    event.stopImmediatePropagation(); // what is typed is an answer, no search
    wordsOf(here)?.focus();
  }
}, true);

function take(event, act) {
  event.preventDefault();
  event.stopImmediatePropagation();
  act();
}

let pause = 0;
form.addEventListener("input", (event) => {
  const section = event.target.closest(".asked");
  if (!section) return;
  clearTimeout(pause);
  const words = event.target.matches("textarea, input[type=text], input:not([type])");
  if (words) pause = setTimeout(() => note(section), PAUSE);
  else note(section);
});
form.addEventListener("change", (event) => {
  const section = event.target.closest(".asked");
  if (section && event.target.matches("textarea, input:not([type=radio]):not([type=checkbox])")) { clearTimeout(pause); note(section); }
});
form.addEventListener("click", (event) => {
  const number = event.target.closest("[data-number-of]");
  if (number) {
    event.preventDefault();
    if (!forward) show(sections.find((s) => s.dataset.position === number.dataset.numberOf));
  }
  const step = event.target.closest("[data-go]");
  if (step) show(beside(Number(step.dataset.go)));
});
window.addEventListener("online", send);
window.addEventListener("focus", send);
document.addEventListener("visibilitychange", () => {
  count();
  if (!document.hidden) send();
});

// The clock is the server's: it tells how much is left, here it is only counted down.
let ends = 0;
function clock(left) { ends = performance.now() + left * 1000; }
const face = form.querySelector("[data-clock]");
if (face && form.dataset.left) {
  const toggle = form.querySelector("[data-clock-toggle]");
  const said = new Set();
  let quiet = false;
  clock(Number(form.dataset.left));
  const tick = () => {
    const left = Math.max(0, Math.round((ends - performance.now()) / 1000));
    const words = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    face.textContent = quiet && left > 60 ? "" : words;
    face.classList.toggle("short", left <= 60);
    for (const minutes of [5, 1]) {
      if (left <= minutes * 60 && left > minutes * 60 - 10 && !said.has(minutes)) {
        said.add(minutes);
        status.textContent = form.dataset.minutes.replace("{n}", minutes);
      }
    }
    if (left === 0) {
      clearInterval(ticking);
      setTimeout(() => window.location.reload(), 1500); // the server decides
    }
  };
  const ticking = setInterval(tick, 500);
  toggle.classList.remove("waits");
  toggle.addEventListener("click", () => {
    quiet = !quiet;
    toggle.textContent = quiet ? form.dataset.reveal : form.dataset.hide;
    tick();
  });
  tick();
}

for (const plain of form.querySelectorAll("[data-plain]")) plain.hidden = true; // each answer is saved as it is given
for (const waiting of form.querySelectorAll(".waits")) waiting.classList.remove("waits");
for (const section of sections) {
  const kept = queue.get(position(section));
  if (!kept || section.hasAttribute("data-locked")) continue;
  restore(section, kept);
  edit = Math.max(edit, kept.number);
  mark(section, kept.given, kept.flagged);
}
const asked = /^#q(\d+)$/.exec(window.location.hash);
form.setAttribute("data-ready", "");
show((asked && sections.find((s) => s.dataset.position === asked[1])) || here, false);
if (!document.querySelector("[autofocus]")) wordsOf(here)?.focus();
send();
