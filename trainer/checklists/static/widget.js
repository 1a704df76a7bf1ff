// <fund-tips business step token [on region person property channel date clerk]>: the
// error-prone items of a step, in a page of another system. Whatever goes wrong here,
// the page is not disturbed: the element is hidden.
(() => {
  const WORDS = {/* words */};
  const HOME = document.currentScript.src.replace(/\/checklists\/widget\.js.*$/, "");
  const LIMIT = 1500; // milliseconds until an answer comes too late
  const ASKED = ["business", "step", "on", "region", "person", "property", "channel", "date", "clerk"];
  const STYLE = `:host{display:block;font:14px/1.6 "PingFang SC","Microsoft YaHei",system-ui,sans-serif;color:#1c2530}:host([hidden]){display:none}
section{border:1px solid #d5dbe3;border-left:4px solid #7a4b00;border-radius:6px;background:#fff;padding:8px 12px}
h2{font-size:14px;margin:0 0 4px}ol{list-style:none;margin:0;padding:0}li{border-top:1px solid #d5dbe3;padding:6px 0}
label{cursor:pointer}b{font-weight:600}i{font-style:normal;color:#7a4b00;background:#fff3d6;border-radius:4px;padding:0 5px;margin:0 4px}
i.ban{color:#fff;background:#a4220f}p{margin:2px 0 0 21px;color:#55606d}a{color:#0b5cad}
button{font:inherit;background:#fff;color:#0b5cad;border:1px solid #0b5cad;border-radius:4px;padding:1px 10px;cursor:pointer}p button{padding:0 6px}`;
  const text = (value) => typeof value === "string";
  const make = (name, parent, words = "", more = {}) => {
    const made = Object.assign(document.createElement(name), more);
    made.textContent = words;
    parent.append(made);
    return made;
  };

  class FundTips extends HTMLElement {
    static get observedAttributes() { return [...ASKED, "token"]; }

    connectedCallback() { this.begin(); }
    disconnectedCallback() { this.close(); }
    attributeChangedCallback() { if (this.isConnected) this.begin(); }

    begin() { // several attributes may change at once: ask when they have
      this.close();
      this.waiting = setTimeout(() => this.load(), 0);
    }

    close() {
      clearTimeout(this.waiting);
      if (this.asking) this.asking.abort();
      this.hidden = true;
    }

    call(path, more, signal) {
      const headers = { Authorization: `Bearer ${this.getAttribute("token")}`, ...more.headers };
      return fetch(`${HOME}/api/v1/tips${path}`, { ...more, headers, signal, credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store" });
    }

    async load() {
      const asking = this.asking = new AbortController();
      const timer = setTimeout(() => asking.abort(), LIMIT);
      try {
        const query = new URLSearchParams();
        for (const name of ASKED) if (this.getAttribute(name)) query.set(name, this.getAttribute(name));
        const answer = await this.call(`?${query}`, {}, asking.signal);
        if (!answer.ok) return;
        const { tips, ticket } = await answer.json();
        const good = Array.isArray(tips) && tips.length && tips.length < 6 && text(ticket) && tips.every((t) => [t.item, t.severity, t.severity_name, t.wrong, t.check, t.say].every(text));
        if (good && !asking.signal.aborted) this.show(tips, ticket);
      } catch { /* slow, away or broken: the page goes on without */ } finally { clearTimeout(timer); }
    }

    show(tips, ticket) {
      const root = this.shadowRoot || this.attachShadow({ mode: "open" });
      const style = new CSSStyleSheet();
      style.replaceSync(STYLE);
      root.adoptedStyleSheets = [style]; // no style element: the policy of a page may forbid it
      root.textContent = "";
      const box = make("section", root);
      box.setAttribute("aria-label", WORDS.title);
      make("h2", box, WORDS.title);
      const list = make("ol", box);
      const boxes = tips.map((tip) => this.item(tip, ticket, list));
      make("button", box, WORDS.done, { type: "button" }).onclick = () => {
        this.tell(ticket, tips.filter((_, n) => !boxes[n].checked), "ignored");
        this.hidden = true;
      };
      this.hidden = false;
      this.tell(ticket, tips, "shown");
      this.dispatchEvent(new CustomEvent("tips", { detail: { ticket, items: tips.map((t) => t.item) } }));
    }

    item(tip, ticket, list) {
      const line = make("li", list);
      const label = make("label", line);
      const tick = make("input", label, "", { type: "checkbox" });
      make("i", label, tip.severity_name, { className: tip.severity });
      make("b", label, tip.wrong);
      make("p", line, WORDS.check + tip.check);
      if (tip.say) make("p", line, WORDS.say + tip.say);
      const foot = make("p", line);
      for (const cite of Array.isArray(tip.cites) ? tip.cites : []) {
        if (text(cite.link) && /^\/\w/.test(cite.link)) make("a", foot, cite.name, { href: HOME + cite.link, target: "_blank", rel: "noopener" });
        foot.append(" ");
      }
      const useful = make("button", foot, WORDS.useful, { type: "button" });
      useful.onclick = () => { useful.disabled = true; this.tell(ticket, [tip], "useful"); };
      tick.onchange = () => { tick.disabled = true; this.tell(ticket, [tip], "ticked"); };
      return tick;
    }

    tell(ticket, tips, outcome) {
      if (!tips.length) return;
      const body = JSON.stringify({ ticket, outcomes: tips.map((tip) => ({ item: tip.item, outcome })) });
      this.call("/outcomes", { method: "POST", body, keepalive: true, headers: { "Content-Type": "application/json" } }).catch(() => {});
    }
  }

  if (!customElements.get("fund-tips")) customElements.define("fund-tips", FundTips);
})();
