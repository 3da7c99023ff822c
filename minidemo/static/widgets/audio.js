// A sound: chosen, dropped, pasted or recorded, and cut; or an output.
import { say } from "../wire.js";
import { FileField } from "./file-field.js";
import { asWav, clock, decode, trimmed } from "./sound.js";
import { Waveform, peaks } from "./waveform.js";

/** A longer sound, in seconds, is not decoded. */
const MOST = 1200;
const PLAYER = ["loadedmetadata", "timeupdate", "play", "error"];

class MiniAudio extends FileField {
  /** @type {import("./recorder.js").Recording | null} */
  #recording = null;
  #asks = false;
  /** The sound before the cut. @type {File | null} */
  #whole = null;
  /** @type {Waveform | null} */
  #wave = null;

  connectedCallback() {
    super.connectedCallback();
    for (const type of PLAYER) this.player.addEventListener(type, this);
    const { color, progressColor, trimColor, recording } = this.dataset;
    Object.assign(this.canvas.style, { color, caretColor: progressColor, columnRuleColor: trimColor });
    this.#wave = new Waveform(this.canvas);
    this.look();
    if (recording !== undefined) this.record();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.leave();
    this.#wave?.leave();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target, type } = event;
    if (target === this.player && PLAYER.includes(type)) this.played(type);
    else if (event instanceof KeyboardEvent && event.key === "Escape") this.leave();
    else if (target instanceof HTMLInputElement && target.dataset.trim) type === "input" && this.select(target);
    else if (event instanceof MouseEvent && target === this.canvas && type === "click") this.seek(event);
    else super.handleEvent(event);
  }

  /** @param {string} action */
  act(action) {
    super.act(action);
    if (action === "record") this.record();
    if (action === "stop") this.stop();
    if (action === "trim") this.trim();
    if (action === "keep") this.cut();
    if (action === "untrim") this.choose(this.#whole);
    if (action === "leave") this.leave();
  }

  /** @param {File} file */
  refusal({ name, type }) {
    return !type || /^(audio|video)/.test(type) ? "" : say("not_a_sound", { name });
  }

  /** Make WAV of what the server does not read, as far as the browser can. @param {File} file */
  async prepare(file) {
    const suffix = /\.\w+$/.exec(file.name.toLowerCase())?.[0] ?? "";
    const reads = this.dataset.reads?.split(" ").includes(suffix) ?? true;
    return reads || (await this.seconds()) > MOST ? file : asWav(file).catch(() => file);
  }

  /** A recording that goes on ends when it is to be sent. */
  get ready() {
    return this.stop().then(() => super.ready);
  }

  /** @param {string} source */
  draw(source) {
    const { player } = this;
    this.leave();
    this.#wave?.show({ levels: [], played: 0 });
    source ? (player.src = source) : player.removeAttribute("src");
    if (!source) player.load();
    player.hidden = !source;
    this.mode(source ? "full" : "empty");
    this.look();
  }

  /** Draw the waveform of what is to be played. */
  async look() {
    const { src, hidden } = this.player;
    if (hidden || this.dataset.plain !== undefined || (await this.seconds()) > MOST) return;
    const sound = await this.bytes().then(decode).catch(() => null);
    if (sound && this.player.src === src) this.#wave?.show({ levels: peaks(sound) });
  }

  async bytes() {
    return (this.file ?? (await fetch(this.player.src))).arrayBuffer();
  }

  /** Seconds of the sound, or a guess; 0 if it cannot be played. */
  async seconds() {
    const { player } = this;
    while (!player.readyState && !player.error && !player.hidden) await new Promise((resolve) => setTimeout(resolve, 20));
    return player.duration === Infinity ? Number(this.file?.size ?? 0) / 4000 : player.duration || 0;
  }

  get opened() {
    return !this.player.error;
  }

  /** @param {string} type */
  played(type) {
    const { player } = this;
    const { mode, position } = this.dataset;
    if (type === "error") return this.tell(player.hidden ? "" : say("cannot_play", { name: this.named }));
    if (type === "loadedmetadata" && position && !this.file) player.currentTime = Number(position);
    const [start = 0, end = Infinity] = mode === "trim" ? this.selection : [];
    if (type === "play" && (player.currentTime < start || player.currentTime > end - 0.01)) player.currentTime = start;
    if (player.currentTime >= end) player.pause();
    return this.follow();
  }

  follow() {
    const { player, isConnected } = this;
    if (this.#recording) return;
    this.#wave?.show({ played: player.currentTime / player.duration || 0 });
    if (!player.paused && isConnected) requestAnimationFrame(() => this.follow());
  }

  /** @param {MouseEvent} event */
  seek({ offsetX }) {
    const { player, canvas } = this;
    if (player.duration) player.currentTime = (offsetX / canvas.clientWidth) * player.duration;
  }

  async record() {
    if (this.#asks || this.#recording) return;
    this.#asks = true;
    try {
      const { record } = await import("./recorder.js");
      /** @type {number[]} */
      const levels = [];
      this.#recording = await record(Number(this.dataset.rate) || undefined, (level, seconds) => {
        levels.push(level);
        this.heard(levels, seconds);
      });
      this.player.pause();
      this.error = "";
      this.heard([], 0);
      this.mode("live");
      this.aim("stop");
    } catch {
      this.error = say("no_microphone");
    }
    this.#asks = false;
  }

  /** Show how far the recording is. @param {number[]} levels @param {number} seconds */
  heard(levels, seconds) {
    const { maxLength } = this.dataset;
    if (!this.#recording) return;
    this.#wave?.follow(levels);
    this.inner(".timer").textContent = clock(seconds) + (maxLength ? ` / ${clock(Number(maxLength))}` : "");
    if (maxLength && seconds >= Number(maxLength)) this.stop();
  }

  async stop() {
    const recording = this.#recording;
    this.#recording = null;
    if (!recording) return;
    const focused = this.contains(document.activeElement);
    this.choose(await recording.stop(Number(this.dataset.maxLength ?? Infinity)));
    if (focused) this.aim("record");
  }

  trim() {
    const { duration } = this.player;
    if (!Number.isFinite(duration)) return this.tell(say("cannot_trim", { name: this.named }));
    this.player.pause();
    const [first] = this.handles.map((handle, index) =>
      Object.assign(handle, { max: duration, step: duration > 20 ? 0.1 : 0.01, value: index && duration }),
    );
    this.mode("trim");
    if (first) this.select(first);
    first?.focus();
  }

  /** A handle was moved: it stops before the other one. @param {HTMLInputElement} handle */
  select(handle) {
    const isFirst = handle.dataset.trim === "start";
    const [first = 0, last = 0] = this.selection;
    const gap = Math.min(0.05, Number(handle.max));
    handle.value = String(isFirst ? Math.min(first, last - gap) : Math.max(last, first + gap));
    const [start = 0, end = 0] = this.selection;
    this.player.currentTime = isFirst ? start : Math.max(start, end - 1);
    this.#wave?.show({ kept: [start / Number(handle.max), end / Number(handle.max)] });
    for (const one of this.handles) one.ariaValueText = `${Number(one.value).toFixed(2)} s`;
    this.tell(this.handles.map((one) => one.ariaValueText).join(" to "));
  }

  /** The part between the handles, in seconds. */
  get selection() {
    return this.handles.map(({ value }) => Number(value));
  }

  /** Send what the handles enclose. */
  async cut() {
    const [start = 0, last = 0] = this.selection;
    const { max = 0, step = 0 } = this.handles[1] ?? {};
    const end = last > Number(max) - 0.999 * Number(step) ? Infinity : last; // the handle goes in steps, the sound may not
    const whole = this.file ?? new File([await this.bytes()], this.named);
    this.choose(await trimmed(whole, start, end));
    this.#whole = whole;
    this.mode("full");
    this.aim("trim");
  }

  /** End a recording or a choice, and keep nothing of it. */
  leave() {
    const { mode } = this.dataset;
    if (mode !== "live" && mode !== "trim") return;
    const focused = this.contains(document.activeElement);
    this.#recording?.leave();
    this.#recording = null;
    this.tell("");
    this.mode(this.player.hidden ? "empty" : "full");
    if (mode === "live") {
      this.#wave?.show({ levels: [] });
      this.look();
    }
    if (focused) this.aim(mode === "trim" ? mode : "record");
  }

  /** Show the buttons of a state: empty, full, live or trim. @param {string} mode */
  mode(mode) {
    this.dataset.mode = mode;
    if (mode === "empty") this.#whole = null;
    const now = [mode, mode === "full" && this.#whole && "trimmed"];
    for (const button of this.all("[data-when]")) button.hidden = !button.dataset.when?.split(" ").some((name) => now.includes(name));
    for (const handle of this.handles) handle.hidden = mode !== "trim";
    if (mode !== "trim") this.#wave?.show({ kept: [0, 1] });
    this.inner(".timer")?.toggleAttribute("hidden", mode !== "live");
    this.inner(".stage").toggleAttribute("data-live", mode === "live");
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    if (this.player.hidden) super.focus(options);
    else this.player.focus(options);
  }

  /** @param {string} action */
  aim(action) {
    this.inner(`[data-do=${action}]`)?.focus();
  }

  /** @returns {any} */
  get control() {
    return this.player?.hidden === false ? this.player : super.control;
  }

  get named() {
    return this.file?.name ?? this.value?.orig_name ?? "";
  }

  /** @returns {HTMLAudioElement} */
  get player() {
    return this.inner("audio");
  }

  /** @returns {HTMLCanvasElement} */
  get canvas() {
    return this.inner("canvas");
  }

  /** An output has none. @returns {HTMLInputElement[]} */
  get handles() {
    return /** @type {HTMLInputElement[]} */ (this.all("[data-trim]"));
  }
}

customElements.define("mini-audio", MiniAudio);
