// Tabs: one panel is visible, the others keep their values.

/** Tabs with their panels; the address names the visible one, also after a reload. */
export class MiniTabs extends HTMLElement {
  connectedCallback() {
    for (const type of ["click", "keydown"]) this.addEventListener(type, this);
    window.addEventListener("hashchange", this);
    this.showTarget();
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
    if (event.type === "hashchange") this.showTarget();
    else if (event instanceof KeyboardEvent) this.press(event);
    else this.choose(this.tabs.find((tab) => tab.contains(target)));
  }

  /** Show the panel that holds the target of the address. */
  showTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const tab = this.tabs.find((tab) => panel(tab).contains(target));
    if (target && tab) this.select(tab);
  }

  /** Move with the arrow keys, Home and End. @param {KeyboardEvent} event */
  press(event) {
    const { tabs } = this;
    const index = tabs.indexOf(/** @type {HTMLElement} */ (event.target));
    const forward = getComputedStyle(this).direction === "rtl" ? -1 : 1;
    const last = tabs.length - 1;
    const next = { ArrowRight: index + forward, ArrowLeft: index - forward, Home: 0, End: last }[event.key];
    if (index < 0 || next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.choose(tabs.at(next > last ? 0 : next));
  }

  /** Show the panel of a tab that the visitor chose. @param {HTMLElement | undefined} tab */
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
