// The search box: answers while one types, without a mouse.
import { onKey, pinned, recent } from "./app.js";

const DEBOUNCE = 80; // milliseconds after the last key
const PAUSE = 2000; // milliseconds after which a question counts as asked
const form = document.querySelector("form.searchbox");

if (form) {
  const box = form.querySelector("#q");
  const on = form.querySelector("#on");
  const live = form.querySelector("#live");
  const count = form.querySelector("#live-count");
  let asked = ""; // the question whose answer is shown
  let wanted = ""; // the question last sent
  let reply = Promise.resolve(); // done when its answer is shown
  let timer, pause, loading;

  const hits = () => [...live.querySelectorAll('[role="option"]')];
  const active = () => live.querySelector('[aria-selected="true"]');

  function show(html) {
    live.innerHTML = html;
    live.hidden = false;
    box.setAttribute("aria-expanded", "true");
    choose(hits()[0], false);
  }

  function hide() {
    live.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(hit, preview = true) {
    const before = active();
    if (before) before.setAttribute("aria-selected", "false");
    if (!hit) return;
    hit.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", hit.id);
    hit.scrollIntoView({ block: "nearest" });
    if (preview) look(hit);
  }

  async function look(hit) {
    const part = live.querySelector(".live-card");
    if (!part || !hit.dataset.part) return;
    const answer = await fetch(hit.dataset.part);
    if (answer.ok && hit === active()) part.innerHTML = await answer.text();
  }

  function ask() {
    clearTimeout(timer);
    if (loading) loading.abort();
    wanted = box.value.trim();
    return (reply = wanted ? fetchHits(wanted) : before());
  }

  /** The list for what is typed now, not for what was shown a moment ago. */
  async function settled() {
    if (wanted !== box.value.trim() || (live.hidden && !loading)) ask();
    await reply;
  }

  async function fetchHits(words) {
    const mine = (loading = new AbortController());
    const query = new URLSearchParams({ q: words, on: on.value });
    try {
      const answer = await fetch(`${form.dataset.live}?${query}`, { signal: mine.signal });
      if (answer.redirected) return location.reload(); // the session has ended
      const html = await answer.text();
      if (mine !== loading || !answer.ok) return; // a stale reply is never shown
      asked = words;
      show(html);
      const list = live.querySelector("[data-total]");
      count.textContent = list ? list.dataset.said : "";
      clearTimeout(pause);
      pause = setTimeout(() => log("paused"), PAUSE);
    } catch (error) {
      if (error.name !== "AbortError") hide();
    } finally {
      if (mine === loading) loading = null;
    }
  }

  /** Before anything is typed: what was pinned and what was looked at last. */
  function before() {
    asked = "";
    count.textContent = "";
    const known = [...pinned(), ...recent()].slice(0, 8);
    if (!known.length || document.activeElement !== box) return hide();
    live.innerHTML = '<div role="listbox" class="before"></div>';
    live.firstChild.setAttribute("aria-label", form.dataset.before);
    known.forEach((card, i) => {
      const link = document.createElement("a");
      link.className = "hit";
      link.href = `${card.path}?on=${on.value}`;
      link.id = `hit-${i + 1}`;
      link.setAttribute("role", "option");
      link.tabIndex = -1;
      link.textContent = (card.pinned ? "★ " : "") + card.title;
      live.firstChild.append(link);
    });
    live.hidden = false;
    box.setAttribute("aria-expanded", "true");
  }

  /** Note what came of the question; a lost note harms nobody. */
  function log(outcome, hit) {
    clearTimeout(pause);
    if (!asked) return;
    const note = new FormData();
    const token = document.querySelector('[name="csrf_token"]');
    if (token) note.append("csrf_token", token.value);
    const facts = { q: asked, on: on.value, outcome, rank: hit ? hit.dataset.rank : "", slug: hit ? hit.dataset.slug : "" };
    for (const [name, value] of Object.entries(facts)) note.append(name, value || "");
    navigator.sendBeacon(form.dataset.log, note);
  }

  function open(hit) {
    log("opened", hit);
    location.assign(hit.href);
  }

  box.addEventListener("input", (event) => {
    if (event.isComposing) return; // never ask in the middle of an input method
    clearTimeout(timer);
    timer = setTimeout(ask, DEBOUNCE);
  });
  box.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, DEBOUNCE); });
  box.addEventListener("focus", () => { if (!box.value.trim()) before(); });
  on.addEventListener("change", () => { if (box.value.trim()) ask(); });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      if (live.hidden) box.value = "";
      hide();
    } else if (event.altKey && "12345".includes(event.key)) {
      const hit = hits()[Number(event.key) - 1];
      if (hit) { event.preventDefault(); open(hit); }
    } else if (event.key === "Enter" && box.value.trim()) {
      event.preventDefault();
      enter();
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      location.assign(active().href);
    }
  });

  async function move(step) {
    await settled();
    const all = hits();
    const place = Math.max(all.indexOf(active()), step > 0 ? -1 : 0);
    choose(all.at((place + step) % all.length));
  }

  async function enter() {
    await settled();
    const hit = active();
    if (hit && !hit.closest(".before")) open(hit);
    else if (wanted) form.submit();
  }

  live.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-rank]");
    if (hit) log("opened", hit);
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) hide(); });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
  onKey("nN", () => { const button = document.querySelector("[data-missing]"); if (button) button.click(); });
  onKey("/", () => { box.focus(); box.select(); });
  onKey("dD", () => { on.focus(); if (on.showPicker) try { on.showPicker(); } catch { /* needs a click */ } });

  // A browser may leave out the focus it was asked for, and then D would mean the date.
  if (box.autofocus && document.activeElement === document.body) box.focus();
  // Or it gave it before this script was there to hear of it.
  else if (document.activeElement === box && !box.value.trim()) before();

  // Type anywhere: a letter that is no command goes into the box.
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
    if (event.target !== document.body && !event.target.matches("main, a")) return;
    if (/[\p{L}\p{N}]/u.test(event.key)) box.focus();
  });
}
