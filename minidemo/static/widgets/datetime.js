// A date and time: a text field and the native calendar.
import { MiniField } from "../fields.js";
import { say } from "../wire.js";

const DATE = /^(?!0000)\d{4}-\d\d-\d\d$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d:\d\d(?::\d\d)?)?)?$/;
const NOW = /^now\s*(?:[+-]\s*\d{1,12}\s*[dhms])?$/;

class MiniDatetime extends MiniField {
  /** The text, as the server writes it; other text as it stands. @returns {string | null} */
  get value() {
    const text = this.control.value.trim();
    const [, date, time = "00:00", seconds = ":00", offset = ""] = MOMENT.exec(text) ?? [];
    return date && this.timed ? `${date} ${time}${seconds}${offset}` : text || null;
  }

  set value(value) {
    super.value = value;
  }

  get problem() {
    const text = this.value ?? "";
    if (!text || NOW.test(text) || (DATE.test(text.slice(0, 10)) && exists(text, this.timed))) return "";
    const words = this.timed ? "must_be_moment" : "must_be_date";
    return say(words, { label: this.label, example: this.dataset.example });
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { calendar } = this;
    const { type, target } = event;
    if (type === "click" && target instanceof Element && target.closest("[data-pick]")) this.pick();
    if (event instanceof KeyboardEvent && event.altKey && event.key === "ArrowDown") this.pick();
    if (type === "input" && target === calendar) this.control.value = calendar?.value.replace("T", " ") ?? "";
    if (type === "change" && this.value !== null) this.control.value = this.value;
    super.handleEvent(event);
  }

  /** Open the browser's calendar at the date that is written. */
  pick() {
    const { calendar } = this;
    if (!calendar || calendar.disabled) return;
    const [day = "", time = ""] = (this.value ?? "").split(" ");
    calendar.value = this.timed ? `${day}T${time.slice(0, 8)}` : day;
    calendar.showPicker();
  }

  /** Whether a time of day belongs to it. */
  get timed() {
    return this.dataset.time !== undefined;
  }

  /** @returns {HTMLInputElement | null} */
  get calendar() {
    return this.querySelector(".pick > input");
  }
}

/** Tell whether the calendar has the day, and the day has the time. @param {string} text @param {boolean} timed */
function exists(text, timed) {
  const [day = "", time = ""] = text.split(" ");
  const moment = new Date(`${day}T${time.slice(0, 8) || "00:00:00"}Z`);
  const shaped = timed ? MOMENT.test(text) : DATE.test(text);
  return shaped && !Number.isNaN(Number(moment)) && moment.toISOString().startsWith(day);
}

customElements.define("mini-datetime", MiniDatetime);
