// A conversation as the server rendered it; only new messages are drawn.
import { MiniField } from "../fields.js";
import { say, stringify } from "../wire.js";
import { buttons, press } from "./feedback.js";
import { dress, parsed, select, toClipboard, words } from "./prose.js";

/** @typedef {{ type: string, text?: string, file?: { orig_name: string | null } }} Part */
/** @typedef {{ role: string, content: Part[] }} Message */
/** @typedef {{ messages: string[], run: string | null }} Shown */

class MiniChatbot extends MiniField {
  /** @type {Message[] | null} */
  #value = null;
  /** The HTML of each message that is shown, as it came. @type {string[]} */
  #shown = [];
  /** The HTML of the latest values, and the run that each came with, by value. @type {Map<string, Shown>} */
  #known = new Map();
  /** The run that what is shown came with. @type {string | null} */
  #run = null;
  #rating = false;

  connectedCallback() {
    super.connectedCallback();
    this.#value = /** @type {Message[] | null} */ (this.initial);
    this.#shown = [...this.chat.children].map((message) => message.outerHTML);
    this.keep(this.#shown, null);
    for (const message of this.chat.children) this.finish(message);
    this.scroll();
  }

  get chat() {
    return /** @type {HTMLElement} */ (this.querySelector(".chat"));
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    const known = this.#known.get(stringify(value)) ?? { messages: (value ?? []).map(plain), run: null };
    this.#run = known.run;
    this.toggleAttribute("data-run", known.run !== null);
    this.draw(known.messages);
  }

  /** @param {unknown} value @param {string} [html] @param {string | null} [run] */
  receive(value, html = "", run = null) {
    this.#value = /** @type {Message[] | null} */ (value);
    const messages = parsed(html, { dressed: false }).filter((node) => node instanceof Element);
    this.keep(messages.map((message) => message.outerHTML), run);
    this.value = this.#value;
  }

  /** Keep the initial value, and the latest: a visitor may come back to them. @param {string[]} messages @param {string | null} run */
  keep(messages, run) {
    this.#known.set(stringify(this.#value), { messages, run });
    if (this.#known.size > 4) this.#known.delete([...this.#known.keys()][1] ?? "");
  }

  /** Draw the changed messages. @param {string[]} messages */
  draw(messages) {
    const { chat } = this;
    messages.forEach((html, index) => {
      if (html === this.#shown[index]) return;
      const [message] = parsed(html, { dressed: false });
      if (!(message instanceof Element)) return;
      const old = chat.children[index];
      if (old) old.replaceWith(message);
      else chat.append(message);
      this.finish(message);
    });
    while (chat.childElementCount > messages.length) chat.lastElementChild?.remove();
    const changed = messages.join() !== this.#shown.join();
    this.#shown = messages;
    const hint = this.querySelector(".empty");
    if (hint instanceof HTMLElement) hint.hidden = messages.length > 0;
    if (changed) this.scroll();
  }

  /** Add what the server does not write: the picture of who speaks, and buttons that copy or rate. @param {Element} message */
  finish(message) {
    dress(message);
    for (const picture of message.querySelectorAll("img")) picture.addEventListener("load", () => this.scroll(), { once: true });
    const role = message instanceof HTMLElement ? (message.dataset.role ?? "") : "";
    const source = this.dataset[role];
    if (source) {
      const picture = document.createElement("img");
      picture.src = source;
      picture.alt = "";
      message.querySelector(".message-avatar")?.append(picture);
    }
    const tools = document.createElement("div");
    tools.className = "message-tools";
    tools.append(...(this.dataset.copies === undefined ? [] : [copier()]), ...(role === "assistant" ? buttons(this) : []));
    if (tools.hasChildNodes()) message.querySelector(".message-body")?.append(tools);
  }

  /** Show the latest message. */
  scroll() {
    if (this.dataset.still === undefined) this.control.scrollTop = this.control.scrollHeight;
  }

  get summary() {
    const last = this.chat.lastElementChild;
    return last instanceof HTMLElement ? `${this.label}: ${words(last).slice(0, 200)}` : "";
  }

  /** @param {Event} event */
  handleEvent(event) {
    const pressed = event.type === "click" && event.target instanceof Element;
    const button = pressed ? event.target.closest("button") : null;
    if (button?.dataset.feedback) this.rate(button);
    else if (button) this.copy(button);
    else if (event.type === "keydown") super.handleEvent(event);
  }

  /** Flag a message, or take that back. @param {HTMLElement} button */
  async rate(button) {
    const item = [...this.chat.children].findIndex((message) => message.contains(button));
    if (this.#rating || !this.#run) return;
    this.#rating = true;
    try {
      this.error = "";
      this.show(this.dataset.state ?? "", await press(this, button, this.#run, item));
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    } finally {
      this.#rating = false;
    }
  }

  /** Copy some code, a message, or all of them. @param {Element} button */
  async copy(button) {
    const message = button.closest(".message");
    const code = button.matches("[data-copy-code]") ? button.previousElementSibling : null;
    const index = message ? [...this.chat.children].indexOf(message) : -1;
    const text = code ? (code.textContent ?? "").replace(/\n$/, "") : this.text(index);
    if (await toClipboard(text)) this.show(this.dataset.state ?? "", say("copied"));
    else select(code ?? message?.querySelector(".message-body") ?? this.chat);
  }

  /** Give a message as text, or all with who said them. @param {number} index */
  text(index) {
    const messages = this.#value ?? [];
    const one = messages[index];
    return one ? said(one) : messages.map((message) => `${say(`chat_${message.role}`)}: ${said(message)}`).join("\n\n");
  }
}

function copier() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.dataset.copyMessage = "";
  button.textContent = say("copy_text");
  return button;
}

/** @param {Message} message */
function said({ content }) {
  return content.map(({ text, file }) => text ?? file?.orig_name ?? "").join("\n");
}

/** Make a message that the server did not render. @param {Message} message */
function plain(message) {
  const element = document.createElement("article");
  element.className = "message";
  element.dataset.role = message.role;
  const body = document.createElement("div");
  body.className = "message-body message-plain";
  body.textContent = said(message);
  element.append(body);
  return element.outerHTML;
}

customElements.define("mini-chatbot", MiniChatbot);
