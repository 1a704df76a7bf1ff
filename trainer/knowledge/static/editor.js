// The editor of an article: numbered lines, tools, preview beside, keys, a guard
// against losing what was typed. Without this script the page still saves and previews.
const PAUSE = 700; // milliseconds without typing before the preview follows
const form = document.getElementById("editor");
const area = form.elements.namedItem("text");
const panel = document.getElementById("preview");
const ruler = document.createElement("div");

// Lines: a transparent copy behind the text wraps as it does, so numbers stay level.
ruler.className = "ruler";
ruler.setAttribute("aria-hidden", "true");
area.before(ruler);

function measure() {
  const lines = area.value.split("\n");
  while (ruler.children.length > lines.length) ruler.lastChild.remove();
  lines.forEach((line, at) => {
    let row = ruler.children[at];
    if (!row) {
      row = document.createElement("div");
      row.dataset.n = String(at + 1);
      ruler.append(row);
    }
    if (row.textContent !== line) row.textContent = line;
  });
  ruler.style.right = `${area.offsetWidth - area.clientWidth - 1}px`; // the scroll bar
  ruler.scrollTop = area.scrollTop;
}

let waiting = 0;
function later() {
  cancelAnimationFrame(waiting);
  waiting = requestAnimationFrame(measure);
}
area.addEventListener("scroll", () => { ruler.scrollTop = area.scrollTop; });
window.addEventListener("resize", later);
measure();

function goTo(line) {
  const before = area.value.split("\n").slice(0, line - 1).join("\n").length;
  const start = line > 1 ? before + 1 : 0;
  const end = area.value.indexOf("\n", start);
  area.focus();
  area.setSelectionRange(start, end < 0 ? area.value.length : end);
  const row = ruler.children[line - 1];
  if (row) area.scrollTop = row.offsetTop - area.clientHeight / 3;
  area.scrollIntoView({ block: "nearest" });
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  goTo(Number(link.dataset.line));
});

// Whatever a tool writes goes through here, so that Ctrl+Z can undo it.
function insert(text) {
  area.focus();
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text);
  changed();
}

function block(text) {
  const at = area.selectionStart;
  const before = area.value.slice(0, at);
  insert((before && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "") + text);
}

function freeId() {
  for (let n = 1; ; n += 1) {
    if (!area.value.includes(`{#section-${n}}`)) return `section-${n}`;
  }
}

const picker = document.getElementById("cite");
const words = document.getElementById("cite-words");
const found = document.getElementById("cite-found");
const said = document.getElementById("cite-said");
const chosen = () => area.value.slice(area.selectionStart, area.selectionEnd);
const TOOLS = {
  bold: () => insert(`**${chosen() || "加粗"}**`),
  list: () => (chosen() ? insert(chosen().replace(/^(?!- )(?=.)/gm, "- ")) : block("- ")),
  table: () => block("| 项目 | 标准 |\n| --- | --- |\n|  |  |\n"),
  heading: () => block(`## ${chosen() || "标题"} {#${freeId()}}\n\n`),
  cite: () => { picker.showModal(); words.focus(); words.select(); },
};
const tools = form.querySelector(".tools");
tools.classList.remove("waits");
tools.addEventListener("click", (event) => {
  const button = event.target.closest("[data-tool]");
  if (button) TOOLS[button.dataset.tool]();
});

// Preview: the newest answer counts; an older one that comes late is not shown.
let asked = 0;
let timer = 0;
async function preview() {
  clearTimeout(timer);
  asked += 1;
  const mine = asked;
  const data = new FormData(form);
  data.delete("preview");
  panel.hidden = false;
  form.querySelector(".desk").classList.add("split");
  let page = "";
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: data });
    if (!answer.ok) throw new Error(answer.status);
    page = await answer.text();
  } catch {
    page = "";
  }
  if (mine !== asked) return;
  if (page) panel.innerHTML = page;
  else panel.textContent = form.dataset.lost;
  later();
}

let clean = form.dataset.dirty !== "1" && area.value;
form.addEventListener("input", (event) => { if (event.target !== area) clean = null; });
function changed() {
  later();
  if (panel.hidden) return;
  clearTimeout(timer);
  timer = setTimeout(preview, PAUSE);
}
area.addEventListener("input", changed);

// Saving: what is too long is told at once; leaving with unsaved words asks first.
let leaving = false;
form.addEventListener("submit", (event) => {
  const size = new TextEncoder().encode(area.value).length;
  const button = event.submitter;
  if (size > Number(form.dataset.most)) {
    event.preventDefault();
    alert(form.dataset.tooLong);
  } else if (button && button.name === "preview") {
    event.preventDefault();
    preview();
  } else {
    leaving = true;
  }
});
window.addEventListener("beforeunload", (event) => {
  if (leaving || area.value === clean) return;
  event.preventDefault();
  event.returnValue = "";
});
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (event.key === "s") {
    event.preventDefault();
    form.querySelector('[name="save"]').click();
  } else if (event.key === "Enter") {
    event.preventDefault();
    preview();
  }
});

// Citing: find a clause, insert it where the cursor was.
let searching = 0;
let typed = 0;
words.addEventListener("input", (event) => {
  clearTimeout(typed);
  if (!event.isComposing) typed = setTimeout(find, 250);
});
words.addEventListener("compositionend", find);
words.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" && found.firstChild) found.querySelector("button").focus();
});

async function find() {
  searching += 1;
  const mine = searching;
  const day = /^effective_from: *(\d{4}-\d{2}-\d{2})/m.exec(area.value);
  const asks = new URLSearchParams({ q: words.value, on: day ? day[1] : "" });
  let clauses = [];
  try {
    clauses = await (await fetch(`${form.dataset.clauses}?${asks}`)).json();
  } catch { /* nothing found is what the person reads */ }
  if (mine !== searching) return;
  found.textContent = "";
  for (const clause of clauses) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm";
    button.textContent = clause.name;
    button.addEventListener("click", () => {
      picker.close();
      insert(clause.insert);
    });
    row.append(button);
    found.append(row);
  }
  said.textContent = clauses.length || !words.value ? "" : form.dataset.none;
}

const first = document.querySelector("#mistakes, .alert-danger[tabindex]");
if (first) first.focus();
