// A figure: a picture by matplotlib, or a frame for its library.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";

/** @typedef {import("../types").FileData} FileData */
/** @typedef {{ type: string, plot: string | FileData }} Figure */
/** @typedef {{ state?: "ready" | "drawn" | "failed", reason?: string, picture?: string }} Told */

const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Return the address of a stored file. @param {string} path */
const address = (path) => `file/${path.split("/").map(encodeURIComponent).join("/")}`;

class MiniPlot extends MiniField {
  /** @type {Figure | null} */
  #value = null;
  /** Draws figures of one library; it is of no origin, and what it says is not trusted. @type {HTMLIFrameElement | null} */
  #frame = null;
  #ready = false;
  #theme = new MutationObserver(() => this.draw());

  connectedCallback() {
    super.connectedCallback();
    addEventListener("message", this);
    DARK.addEventListener("change", this);
    this.#theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    this.value = /** @type {Figure | null} */ (this.#value ?? this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("message", this);
    DARK.removeEventListener("change", this);
    this.#theme.disconnect();
    this.clear();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    const action = event.type === "click" && target instanceof Element && target.closest("[data-do]");
    if (action) this.act(/** @type {HTMLElement} */ (action).dataset.do ?? "");
    else if (event instanceof MessageEvent && event.source === this.#frame?.contentWindow) this.hear(event.data);
    else if (event instanceof MediaQueryListEvent) this.draw();
  }

  /** @param {string} action */
  act(action) {
    if (action === "enlarge") this.control.requestFullscreen();
    if (action === "save") this.tell({ save: true });
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    this.error = "";
    const file = typeof value?.plot === "object" ? address(value.plot.path) : "";
    const library = value && !file ? value.type : "";
    if (this.#frame?.dataset.library !== library) this.clear();
    this.present(file);
    this.control.toggleAttribute("data-full", Boolean(file || this.#frame));
    const hint = /** @type {HTMLElement} */ (this.querySelector(".drop"));
    hint.textContent = say(library ? "plot_drawing" : "result_here");
    this.inner("save").hidden = !library;
    this.inner("enlarge").hidden = !value || !document.fullscreenEnabled;
    if (!library) return;
    if (this.#frame) this.draw();
    else this.open(library);
  }

  get summary() {
    return this.label;
  }

  /** Show a picture, or none. @param {string} source */
  present(source) {
    const picture = /** @type {HTMLImageElement} */ (this.querySelector("[data-picture]"));
    const link = /** @type {HTMLAnchorElement} */ (this.querySelector("[data-link]"));
    picture.hidden = link.hidden = !source;
    source ? picture.setAttribute("src", source) : picture.removeAttribute("src");
    source ? link.setAttribute("href", source) : link.removeAttribute("href");
  }

  /** Load a library into a frame; it says when it is ready. @param {string} library */
  open(library) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.title = this.label;
    frame.dataset.library = library;
    frame.src = `plots/${encodeURIComponent(library)}`;
    this.#frame = frame;
    this.control.append(frame);
  }

  clear() {
    this.#frame?.remove();
    this.#frame = null;
    this.#ready = false;
  }

  /** @param {Told} told */
  hear({ state, reason, picture }) {
    if (state === "ready") {
      this.#ready = true;
      this.draw();
    }
    if (state === "drawn" || state === "failed") this.control.toggleAttribute("data-full", true);
    if (state === "failed") this.error = say("plot_failed", { reason: String(reason).slice(0, 300) });
    if (String(picture).startsWith("data:image/png;")) this.save(String(picture));
  }

  /** Send the figure and the page's colours to the frame. */
  draw() {
    const { theme } = document.documentElement.dataset;
    const dark = theme ? theme === "dark" : DARK.matches;
    const { color } = getComputedStyle(this);
    this.tell({ plot: this.#value?.plot, dark, ink: color, line: getComputedStyle(this.control).borderTopColor });
  }

  /** Send a message to the frame; its opaque origin only has the address "any". @param {object} message */
  tell(message) {
    if (this.#ready) this.#frame?.contentWindow?.postMessage(message, "*");
  }

  /** @param {string} picture */
  save(picture) {
    const link = document.createElement("a");
    link.href = picture;
    link.download = "plot.png";
    link.click();
  }

  /** @param {string} action */
  inner(action) {
    return /** @type {HTMLElement} */ (this.querySelector(`[data-do=${action}]`));
  }
}

customElements.define("mini-plot", MiniPlot);
