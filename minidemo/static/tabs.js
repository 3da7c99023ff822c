// Tabs: one panel is seen at a time, the others keep what is in them.

/** Tabs with their panels; the address names the panel that is seen, so that it is seen again after a reload. */
export class MiniTabs extends HTMLElement {
  connectedCallback() {
    for (const type of ["click", "keydown"]) this.addEventListener(type, this);
    window.addEventListener("hashchange", this);
    this.follow();
  }

  disconnectedCallback() {
    for (const type of ["click", "keydown"]) this.removeEventListener(type, this);
    window.removeEventListener("hashchange", this);
  }

  /** @returns {HTMLElement[]} */
  get tabs() {
    return [...this.querySelectorAll(/** @type {"button"} */ (":scope > [role=tablist] > [role=tab]"))];
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = event.target instanceof HTMLElement ? event.target : null;
    if (event.type === "hashchange") this.follow();
    else if (event instanceof KeyboardEvent) this.go(event);
    else this.choose(this.tabs.find((tab) => tab.contains(target)));
  }

  /** Show the panel in which lies what the address names, such as a panel itself. */
  follow() {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const tab = this.tabs.find((tab) => panel(tab).contains(named));
    if (named && tab) this.select(tab);
  }

  /** Move as the keys of tabs do. @param {KeyboardEvent} event */
  go(event) {
    const { tabs } = this;
    const here = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
    const forward = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const last = tabs.length - 1;
    const next = { ArrowRight: here + forward, ArrowLeft: here - forward, Home: 0, End: last }[event.key];
    if (here < 0 || next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(tabs.at(next > last ? 0 : next));
  }

  /** Show the panel of a tab that the visitor has chosen. @param {HTMLElement | undefined} tab */
  choose(tab) {
    if (!tab) return;
    this.select(tab);
    tab.focus();
    history.replaceState(history.state, "", `#${panel(tab).id}`);
  }

  /** @param {HTMLElement} chosen */
  select(chosen) {
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
      panel(tab).hidden = tab !== chosen;
    }
  }
}

/** @param {HTMLElement} tab @returns {HTMLElement} */
function panel(tab) {
  return /** @type {HTMLElement} */ (document.getElementById(tab.getAttribute("aria-controls") ?? ""));
}

customElements.define("mini-tabs", MiniTabs);
