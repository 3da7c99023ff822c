// A video: chosen, dropped or recorded with the camera; or an output.
import { say } from "../wire.js";
import { address, FileField } from "./file-field.js";

/** @typedef {import("./film-recorder.js").Recording} Recording */

const WATCHED = ["error", "loadedmetadata"];
/** The names of videos whose type not every browser knows. */
const KNOWN = /\.(avi|mkv|mov|m4v|og[gv]|3gp)$/i;
/** By how much a recording may outlast the limit, in seconds, as on the server. */
const SLACK = 0.5;

class MiniVideo extends FileField {
  /** @type {Recording | null} */
  #recording = null;
  /** @type {Promise<void> | null} */
  #taken = null;
  #clock = 0;
  /** Seconds of the visitor's own video, once known. */
  #length = NaN;

  connectedCallback() {
    super.connectedCallback();
    for (const type of WATCHED) this.film.addEventListener(type, this);
    if (this.film.error) this.unplayable();
    else if (this.film.readyState) this.measured();
    if (this.film.src) this.play();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const type of WATCHED) this.film.removeEventListener(type, this);
    this.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "error") this.unplayable();
    else if (event.type === "loadedmetadata") this.measured();
    else if (event instanceof KeyboardEvent && event.key === "Escape") this.leave();
    else super.handleEvent(event);
  }

  /** @param {string} action */
  act(action) {
    super.act(action);
    if (action === "camera") this.look();
    if (action === "record") this.record();
    if (action === "stop") this.stop();
    if (action === "leave") this.leave();
  }

  /** @param {File} file */
  refusal({ name, type }) {
    return type.startsWith("video/") || KNOWN.test(name) ? "" : say("not_a_video", { name });
  }

  get problem() {
    return super.problem || this.misfit;
  }

  /** The error of the length. */
  get misfit() {
    const { label } = this;
    const { min = 0, max = Infinity } = this.dataset;
    const length = this.#length.toFixed(1);
    if (this.#length < Number(min)) return say("must_last_at_least", { label, length, limit: Number(min) });
    if (this.#length > Number(max) + SLACK) return say("must_last_at_most", { label, length, limit: Number(max) });
    return "";
  }

  /** Fire an event, which clears errors except those of the present video. @param {string} type */
  fire(type) {
    super.fire(type);
    if (this.misfit) this.error = this.misfit;
  }

  /** Settles once the recording has ended and is sent. */
  get ready() {
    return this.stop().then(() => super.ready);
  }

  /** Show a video with its subtitles, or none. @param {string} source */
  draw(source) {
    const { film } = this;
    this.leave();
    this.#length = NaN;
    this.inner(".unplayable").hidden = true;
    this.inner("track")?.remove();
    const subtitles = source && this.value?.meta.subtitles;
    if (subtitles) film.append(track(address(subtitles)));
    film.hidden = !source;
    if (source) {
      film.src = source;
      this.play();
    } else {
      film.removeAttribute("src");
      film.load();
    }
  }

  /** Play automatically if the author asks for it and the visitor accepts motion. */
  play() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (this.dataset.autoplay !== undefined && !still) this.film.play().catch(() => {});
  }

  /** The length is known; a recorder may not have written it, and then a leap to the end finds it out. */
  measured() {
    const { film } = this;
    const start = Number(this.dataset.start ?? 0);
    if (film.duration === Infinity) {
      film.addEventListener("timeupdate", () => this.measured(), { once: true });
      film.currentTime = Number.MAX_SAFE_INTEGER;
      return;
    }
    this.#length = this.file ? film.duration : NaN;
    if (film.currentTime !== start) film.currentTime = start;
    if (this.misfit) this.error = this.misfit;
  }

  /** The browser has no player for this file: it can be sent and downloaded nevertheless. */
  unplayable() {
    const name = this.file?.name ?? this.value?.orig_name ?? "";
    Object.assign(this.inner(".unplayable"), { hidden: false, textContent: say("cannot_play", { name }) });
    this.film.hidden = true;
  }

  /** A video that is shown covers the file input. @param {DragEvent} event */
  dragged(event) {
    super.dragged(event);
    const dropped = event.type === "drop" && !(event.target instanceof HTMLInputElement);
    if (dropped && this.control instanceof HTMLInputElement) this.choose(event.dataTransfer?.files[0]);
  }

  async look() {
    const { start } = await import("./camera.js");
    try {
      await start(this.camera, this.dataset.sound !== undefined);
      this.live("record", "leave");
    } catch {
      this.error = say(this.dataset.sound === undefined ? "no_camera" : "no_camera_sound");
    }
  }

  async record() {
    const { record } = await import("./film-recorder.js");
    const recording = record(/** @type {MediaStream} */ (this.camera.srcObject));
    this.#recording = recording;
    recording.file.then(() => this.stop());
    this.#clock = window.setInterval(() => this.tick(recording), 250);
    this.tick(recording);
    this.live("stop", "leave");
    this.tell(say("recording"));
  }

  /** @param {Recording} recording */
  tick({ began }) {
    const seconds = (performance.now() - began) / 1000;
    const [minutes, rest] = [Math.floor(seconds / 60), Math.floor(seconds % 60)];
    Object.assign(this.clock, { hidden: false, textContent: `${minutes}:${String(rest).padStart(2, "0")}` });
    if (seconds >= Number(this.dataset.max ?? Infinity)) this.stop();
  }

  /** End the recording, if there is one, and take it. @returns {Promise<void>} */
  stop() {
    if (!this.#recording) return Promise.resolve();
    return (this.#taken ??= this.taken(this.#recording));
  }

  /** @param {Recording} recording */
  async taken(recording) {
    recording.stop();
    const file = await recording.file;
    if (this.#recording !== recording) return;
    this.leave();
    this.choose(file);
  }

  /** Let go of the camera; what was being recorded is dropped. */
  leave() {
    if (!this.camera?.srcObject) return;
    clearInterval(this.#clock);
    this.#recording?.stop();
    this.#recording = this.#taken = null;
    import("./camera.js").then(({ stop }) => stop(this.camera));
    this.clock.hidden = true;
    this.tell("");
    this.live("camera");
  }

  /** Show the buttons for what can be done now, and put the focus on the first if it was on one that goes. @param {string[]} actions */
  live(...actions) {
    const looking = !actions.includes("camera");
    const here = this.inner(".tools").contains(document.activeElement);
    this.camera.hidden = !looking;
    this.inner(".stage").toggleAttribute("data-live", looking);
    for (const name of ["camera", "record", "stop", "leave"]) {
      this.inner(`[data-do=${name}]`).hidden = !actions.includes(name);
    }
    if (here) this.inner(`[data-do=${actions[0]}]`).focus();
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    if (this.inner(".stage").matches("[data-full]")) this.film.focus(options);
    else super.focus(options);
  }

  /** The player. @returns {HTMLVideoElement} */
  get film() {
    return this.inner("[data-film]");
  }

  /** The camera picture of a field that records. @returns {HTMLVideoElement} */
  get camera() {
    return this.inner("[data-camera]");
  }

  /** @returns {HTMLElement} */
  get clock() {
    return this.inner(".clock");
  }
}

/** @param {string} source */
function track(source) {
  return Object.assign(document.createElement("track"), {
    kind: "captions",
    label: say("subtitles"),
    default: true,
    src: source,
  });
}

customElements.define("mini-video", MiniVideo);
