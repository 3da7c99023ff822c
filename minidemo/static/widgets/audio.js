// A sound: chosen, dropped, pasted or recorded, and cut; or the one that came out.
import { config, say, WireError } from "../wire.js";
import { FileField } from "./file-field.js";
import { asWav, clock, decode, isSound, trimmed } from "./sound.js";
import { megabytes } from "./upload.js";
import { peaks, Waveform } from "./waveform.js";

/** A longer or larger sound is played without being drawn: it would have to be decoded as a whole. */
const MOST_SECONDS = 1200;
const MOST_BYTES = 64 * 2 ** 20;
/** Some files do not say how long they last; few have less than these bytes a second. */
const FEWEST = 4000;
const PLAYER = ["loadedmetadata", "timeupdate", "play", "error"];

class MiniAudio extends FileField {
  /** @type {import("./recorder.js").Recorder | null} */
  #recorder = null;
  /** Counts what was begun, so that what comes late is known. */
  #turn = 0;
  /** Whether the visitor is being asked for the microphone. */
  #asks = false;
  /** What there was before it was cut. @type {File | null} */
  #whole = null;
  /** @type {Waveform | null} */
  #wave = null;

  connectedCallback() {
    super.connectedCallback();
    for (const type of PLAYER) this.player.addEventListener(type, this);
    const canvas = this.inner("canvas");
    const { color, progressColor, trimColor } = this.dataset;
    Object.assign(canvas.style, { color, caretColor: progressColor, columnRuleColor: trimColor });
    this.#wave = new Waveform(canvas);
    this.#wave.watch();
    if (this.value) this.look(this.player.getAttribute("src") ?? "");
    if (this.dataset.recording !== undefined) this.record();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const type of PLAYER) this.player.removeEventListener(type, this);
    this.leave();
    this.#wave?.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target, type } = event;
    if (target === this.player && PLAYER.includes(type)) this.played(type);
    else if (event instanceof KeyboardEvent && event.key === "Escape") this.leave();
    else if (target instanceof HTMLInputElement && target.dataset.trim) this.select(target, type);
    else if (event instanceof MouseEvent && type === "click" && target === this.inner("canvas")) this.seek(event);
    else super.handleEvent(event);
  }

  /** @param {string} action */
  act(action) {
    super.act(action);
    if (action === "record") this.record();
    if (action === "stop") this.stop();
    if (action === "trim") this.trim();
    if (action === "keep") this.cut();
    if (action === "untrim" && this.#whole) this.choose(this.#whole);
    if (action === "leave") this.leave();
  }

  /** @param {File} file */
  refusal(file) {
    return isSound(file) ? "" : say("not_a_sound", { name: file.name });
  }

  /** The server reads only some kinds of files, if it must: make WAV of the others, as far as the browser can. @param {File} file */
  async prepare(file) {
    const { reads } = this.dataset;
    const suffix = /\.\w+$/.exec(file.name.toLowerCase())?.[0] ?? "";
    if (reads === undefined || reads.split(" ").includes(suffix)) return file;
    const limit = config.max_file_size;
    if ((await this.seconds()) * 2 * 44100 > limit) {
      throw new WireError(say("too_long_as_wav", { name: file.name, limit: megabytes(limit) }));
    }
    return asWav(file).catch(() => file);
  }

  /** A recording that goes on ends when it is to be sent. */
  get ready() {
    return this.#recorder ? this.stop().then(() => super.ready) : super.ready;
  }

  get problem() {
    if (super.problem || !this.player.getAttribute("src")) return super.problem;
    const { label } = this;
    const { minLength = 0, maxLength = Infinity } = this.dataset;
    const { duration } = this.player;
    const length = Number(duration.toFixed(2));
    const slack = 0.1; // the server knows better
    if (duration < Number(minLength) - slack) return say("must_last_at_least", { label, limit: Number(minLength), length });
    if (duration > Number(maxLength) + slack) return say("must_last_at_most", { label, limit: Number(maxLength), length });
    return "";
  }

  /** @param {string} source */
  draw(source) {
    const { player } = this;
    this.leave();
    this.#turn++;
    this.#wave?.show([]);
    source ? player.setAttribute("src", source) : player.removeAttribute("src");
    if (!source) player.load();
    player.hidden = !source;
    this.mode(source ? "full" : "empty");
    if (source) this.look(source);
  }

  /** Draw the waveform of what is to be had under an address. @param {string} source */
  async look(source) {
    if (this.dataset.plain !== undefined) return;
    const turn = this.#turn;
    const { size } = this.file ?? this.value ?? {};
    if (Number(size) > MOST_BYTES || (await this.seconds()) > MOST_SECONDS || turn !== this.#turn) return;
    const bytes = await (this.file ?? (await fetch(source))).arrayBuffer().catch(() => null);
    const sound = bytes && (await decode(bytes).catch(() => null));
    if (sound && turn === this.#turn) this.#wave?.show(peaks(sound));
  }

  /** How long the sound lasts, once the player knows; a guess where it cannot, and nothing where it cannot play. */
  async seconds() {
    const { player } = this;
    const types = ["loadedmetadata", "error"];
    if (!player.readyState && !player.error) {
      await new Promise((resolve) => types.forEach((type) => player.addEventListener(type, resolve, { once: true })));
    }
    const size = this.file?.size ?? this.value?.size ?? 0;
    return player.duration === Infinity ? size / FEWEST : player.duration || 0;
  }

  /** @param {string} type */
  played(type) {
    const { player } = this;
    if (type === "error") return player.getAttribute("src") && this.tell(say("cannot_play", { name: this.named }));
    if (type === "loadedmetadata" && this.value && !this.file) player.currentTime = Number(this.dataset.position ?? 0);
    const [start, end] = this.dataset.mode === "trim" ? this.selection : [0, Infinity];
    if (type === "play" && (player.currentTime < start || player.currentTime >= end - 0.01)) player.currentTime = start;
    if (type === "timeupdate" && player.currentTime >= end) player.pause();
    if (type === "play") return this.follow();
    return this.#wave?.play(player.currentTime / player.duration || 0);
  }

  /** Move the mark of what was played while the player plays. */
  follow() {
    this.#wave?.play(this.player.currentTime / this.player.duration || 0);
    if (!this.player.paused && this.isConnected) requestAnimationFrame(() => this.follow());
  }

  /** @param {MouseEvent} event */
  seek(event) {
    const { left, width } = this.inner("canvas").getBoundingClientRect();
    const { duration } = this.player;
    if (duration) this.player.currentTime = ((event.clientX - left) / width) * duration;
  }

  async record() {
    if (this.#asks || this.#recorder) return;
    this.#asks = true;
    const { Recorder } = await import("./recorder.js");
    const { rate } = this.dataset;
    /** @type {number[]} */
    const levels = [];
    try {
      this.#recorder = await Recorder.start(Number(rate) || undefined, (level, seconds) => this.heard(levels, level, seconds));
      this.player.pause();
      this.error = "";
      this.inner(".timer").textContent = clock(0);
      this.mode("live");
      this.all("[data-do=stop]")[0]?.focus();
    } catch {
      this.error = say("no_microphone");
    } finally {
      this.#asks = false;
    }
  }

  /** Show how far the recording is. @param {number[]} levels @param {number} level @param {number} seconds */
  heard(levels, level, seconds) {
    const { maxLength } = this.dataset;
    levels.push(level);
    this.#wave?.follow(levels);
    this.inner(".timer").textContent = clock(seconds) + (maxLength ? ` / ${clock(Number(maxLength))}` : "");
    if (maxLength && seconds >= Number(maxLength)) this.stop();
  }

  async stop() {
    const recorder = this.#recorder;
    if (!recorder) return;
    const focused = this.contains(document.activeElement);
    this.#recorder = null;
    this.choose(recorder.stop(Number(this.dataset.maxLength ?? Infinity)));
    if (focused) this.all("[data-do=record]")[0]?.focus();
  }

  trim() {
    const { duration } = this.player;
    if (!Number.isFinite(duration)) return this.tell(say("cannot_trim", { name: this.named }));
    this.player.pause();
    const handles = this.handles;
    for (const handle of handles) Object.assign(handle, { max: duration, step: duration > 20 ? 0.1 : 0.01 });
    handles.forEach((handle, index) => (handle.value = String(index && duration)));
    this.mode("trim");
    this.select(/** @type {HTMLInputElement} */ (handles[0]), "input");
    handles[0]?.focus();
  }

  /** A handle was moved: it stops before the other one, and the player stands where it is. @param {HTMLInputElement} handle @param {string} type */
  select(handle, type) {
    if (type !== "input") return;
    const [first, last] = this.handles.map(({ value }) => Number(value));
    const duration = Number(handle.max);
    const gap = Math.min(0.05, duration);
    if (handle.dataset.trim === "start") handle.value = String(Math.min(first ?? 0, (last ?? 0) - gap));
    else handle.value = String(Math.max(last ?? 0, (first ?? 0) + gap));
    for (const one of this.handles) one.setAttribute("aria-valuetext", `${Number(one.value).toFixed(2)} s`);
    const [start, end] = this.selection;
    this.player.currentTime = handle.dataset.trim === "start" ? start : Math.max(start, end - 1);
    this.#wave?.keep(start / duration, end / duration);
    this.tell(`${start.toFixed(2)} s to ${end.toFixed(2)} s`);
  }

  /** What the handles enclose, in seconds. @returns {[number, number]} */
  get selection() {
    const [start = 0, end = Infinity] = this.handles.map(({ value }) => Number(value));
    return [start, end];
  }

  /** Send what the handles enclose in the place of the whole. */
  async cut() {
    const [start, last] = this.selection;
    const { max, step } = /** @type {HTMLInputElement} */ (this.handles[1]);
    const end = last > Number(max) - 0.999 * Number(step) ? Infinity : last; // the handle goes in steps, the sound may not
    const whole = this.file ?? (await this.fetched());
    this.choose(await trimmed(whole, start, end));
    this.#whole = whole;
    this.mode("full");
    this.all("[data-do=trim]")[0]?.focus();
  }

  /** The sound that the page began with, as a file. */
  async fetched() {
    const blob = await (await fetch(this.player.src)).blob();
    return new File([blob], this.named, { type: blob.type });
  }

  /** End a recording or a choice, and keep nothing of it. */
  leave() {
    const { mode } = this.dataset;
    if (mode !== "live" && mode !== "trim") return;
    const focused = this.contains(document.activeElement);
    this.#recorder?.leave();
    this.#recorder = null;
    this.tell("");
    this.mode(this.player.hidden ? "empty" : "full");
    const source = this.player.getAttribute("src");
    if (mode === "trim") this.#wave?.keep(0, 1);
    else if (source) this.look(source);
    else this.#wave?.show([]);
    if (focused) this.all(mode === "trim" ? "[data-do=trim]" : "[data-do=record]")[0]?.focus();
  }

  /** Show the buttons of a state: empty, full, live or trim. @param {string} mode */
  mode(mode) {
    this.dataset.mode = mode;
    if (mode === "empty") this.#whole = null;
    const now = mode === "full" && this.#whole && this.#whole !== this.file ? [mode, "trimmed"] : [mode];
    for (const button of this.all("[data-when]")) button.hidden = !button.dataset.when?.split(" ").some((name) => now.includes(name));
    for (const handle of this.handles) handle.hidden = mode !== "trim";
    this.inner(".timer")?.toggleAttribute("hidden", mode !== "live");
    this.inner(".stage").toggleAttribute("data-live", mode === "live");
  }

  /** @returns {HTMLInputElement} */
  get control() {
    return this.player?.hidden === false ? /** @type {any} */ (this.player) : super.control;
  }

  get named() {
    return this.file?.name ?? this.value?.orig_name ?? "";
  }

  /** @returns {HTMLAudioElement} */
  get player() {
    return this.inner("audio");
  }

  /** Where the piece to keep begins and ends; an output has none. @returns {HTMLInputElement[]} */
  get handles() {
    return /** @type {HTMLInputElement[]} */ (this.all("[data-trim]"));
  }
}

customElements.define("mini-audio", MiniAudio);
