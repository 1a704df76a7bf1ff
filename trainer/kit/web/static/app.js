// Entry of the scripts of every page: keys that work everywhere, copying, help.
const typing = (el) => el.matches("input, textarea, select, [contenteditable]");

/** Copy text on plain HTTP too, where the clipboard API does not exist. */
export async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch { /* it may be forbidden: then the old way */ }
  }
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.className = "visually-hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before) before.focus();
  return done;
}

/** Say something to everybody: on screen and to a screen reader. */
export function say(words) {
  let box = document.getElementById("said");
  if (!box) {
    box = document.createElement("p");
    box.id = "said";
    box.className = "said";
    box.setAttribute("role", "status");
    document.body.append(box);
  }
  box.textContent = words;
  box.hidden = false;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { box.hidden = true; }, 2500);
}

/** Do something when a single letter is typed outside of any field. */
export function onKey(letters, act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || !letters.includes(event.key)) return;
    event.preventDefault();
    act(event);
  });
}

const keys = document.getElementById("keys");
if (keys) {
  onKey("?？", () => (keys.open ? keys.close() : keys.showModal()));
  keys.addEventListener("click", (event) => { if (event.target === keys) keys.close(); });
}

// A menu that was opened closes when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.account[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Cards looked at last and cards pinned are kept in this browser only.
const MOST = 8;

function read(name) {
  try {
    const value = JSON.parse(localStorage.getItem(name) || "[]");
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value.slice(0, MOST)));
  } catch { /* a browser that keeps nothing still searches */ }
}

export const pinned = () => read("pinned").map((card) => ({ ...card, pinned: true }));
export const recent = () => {
  const kept = new Set(read("pinned").map((card) => card.path));
  return read("recent").filter((card) => !kept.has(card.path));
};

export function remember(card) {
  write("recent", [card, ...read("recent").filter((other) => other.path !== card.path)]);
}

/** Pin or unpin a card; tells whether it is pinned now. */
export function pin(card) {
  const others = read("pinned").filter((other) => other.path !== card.path);
  const was = others.length !== read("pinned").length;
  write("pinned", was ? others : [card, ...others]);
  return !was;
}

export const isPinned = (path) => read("pinned").some((card) => card.path === path);
