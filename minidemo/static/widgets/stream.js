// A camera or a microphone that is switched on and off; while on, each request of the value sends new data.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";
import { address, upload } from "./upload.js";

/** @typedef {import("../types").FileData} FileData */
/**
 * The device of a stream: `take` returns the data to send now, `rest` whether there is more.
 * @typedef {{ on: boolean, rest: boolean, take: () => Promise<File | null>, leave: () => void }} Source
 */

const OFF = { on: false, rest: false, take: async () => null, leave: () => {} };

/** A field with a stage, and a button to switch it on and off. It fires `mini-stream` when it was switched on. */
export class MiniStream extends MiniField {
  /** The file that was sent last. @type {FileData | null} */
  #value = null;
  #asks = false;
  /** @type {Source} */
  source = OFF;

  connectedCallback() {
    super.connectedCallback();
    this.#value = /** @type {FileData | null} */ (this.initial);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.source.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const pressed = event.type === "click" && event.target === this.button;
    const escaped = event instanceof KeyboardEvent && event.key === "Escape";
    if (pressed && !this.source.on) this.start();
    else if ((pressed || escaped) && this.source.on) this.stop();
  }

  async start() {
    if (this.#asks) return;
    this.#asks = true;
    this.error = "";
    try {
      this.source = await this.open();
      this.turn(true);
      this.tell(say("stream_on"));
      this.dispatchEvent(new CustomEvent("mini-stream", { bubbles: true }));
    } catch {
      this.error = say(this.video ? "no_camera" : "no_microphone");
    }
    this.#asks = false;
  }

  /** Open what the stream is taken from. @returns {Promise<Source>} */
  async open() {
    if (this.video) return (await import("./stream-camera.js")).open(this.video);
    const { open } = await import("./stream-sound.js");
    return open({ rate: Number(this.dataset.rate) || undefined, canvas: this.inner("canvas"), clock: this.inner(".timer") });
  }

  /** Switch it off, and say so; after so many `seconds` because it may not last longer. @param {number} [seconds] */
  stop(seconds) {
    if (!this.source.on) return;
    this.source.leave();
    this.draw();
    this.turn(false);
    this.tell(seconds ? say("stream_over", { seconds }) : say(this.video ? "stream_camera_off" : "stream_microphone_off"));
  }

  /** @param {boolean} on */
  turn(on) {
    this.inner(".stage").toggleAttribute("data-live", on);
    for (const part of this.querySelectorAll(/** @type {"video"} */ ("video, .timer"))) part.hidden = !on;
    this.button.textContent = say(on ? "record_stop" : this.video ? "stream_camera" : "stream_microphone");
  }

  /** Show what was seen last; nothing is seen of a sound. */
  draw() {
    const picture = this.inner("img");
    const shown = Boolean(picture && this.#value);
    this.inner(".stage").toggleAttribute("data-full", shown);
    if (!picture) return;
    picture.hidden = !shown;
    if (this.#value) picture.src = address(this.#value.meta.preview ?? this.#value.path);
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.stop();
    this.source = OFF;
    this.#value = value;
    this.draw();
    this.tell("");
  }

  /** Whether there is a value; its content differs each time. */
  get fingerprint() {
    return this.#value !== null;
  }

  get summary() {
    return this.label;
  }

  /** Settles once the server has what is seen or heard now. */
  get ready() {
    return this.send();
  }

  async send() {
    const { source } = this;
    const file = await source.take();
    if (!file) return;
    const stored = await upload(file, () => {}, new AbortController().signal);
    if (source === this.source) this.#value = stored;
  }

  /** The server has lost what it was sent. */
  renew() {
    if (!this.source.on) this.value = null;
  }

  /** @param {string} words */
  tell(words) {
    const place = this.inner(".state");
    if (place.textContent !== words) place.textContent = words;
  }

  /** @returns {HTMLVideoElement | null} */
  get video() {
    return this.inner("video");
  }

  /** @returns {HTMLButtonElement} */
  get button() {
    return this.inner("[data-do=stream]");
  }

  /** @param {string} selector @returns {any} */
  inner(selector) {
    return this.querySelector(selector);
  }
}

customElements.define("mini-stream", MiniStream);
