// Feedback on one item of an output: a pressed button is a flag.
import { config, flag, parse, say, undo, WireError } from "../wire.js";

/** @typedef {import("../fields.js").MiniField} MiniField */
/** @typedef {import("../types").UndoRequest} Flagged */

/** The flag that each pressed button made. @type {WeakMap<Element, Flagged>} */
const flags = new WeakMap();

/** Return the index of a field among the outputs of an endpoint with flags, or -1. @param {MiniField} field */
function place(field) {
  const endpoint = config.endpoints.find(({ flag, outputs }) => flag && outputs.some(({ id }) => id === field.id));
  return endpoint ? endpoint.outputs.findIndex(({ id }) => id === field.id) : -1;
}

/** Make the buttons of an item; a field whose items take no flags has none. @param {MiniField} field */
export function buttons(field) {
  const options = place(field) < 0 ? [] : /** @type {string[]} */ (parse(field.dataset.feedback ?? "[]"));
  return options.map((option) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button quiet";
    button.dataset.feedback = option;
    button.setAttribute("aria-pressed", "false");
    button.textContent = { Like: say("feedback_like"), Dislike: say("feedback_dislike") }[option] ?? option;
    return button;
  });
}

/**
 * Flag an item of a run, or take that back; another reason takes the place of the first for as long as that can be
 * taken back. Says what was done.
 * @param {MiniField} field
 * @param {HTMLElement} button
 * @param {string} run
 * @param {number} item
 */
export async function press(field, button, run, item) {
  const pressed = /** @type {Element | undefined} */ (
    [...(button.parentElement?.querySelectorAll("[data-feedback]") ?? [])].find((other) => flags.has(other))
  );
  if (pressed) {
    const gone = await takeBack(pressed, pressed !== button);
    if (pressed === button) return say(gone);
  }
  const made = { run, option: button.dataset.feedback ?? "", about: { output: place(field), item } };
  await flag(made);
  mark(button, made);
  return say("saved");
}

/** @param {Element} button @param {boolean} replaced whether it may stay where it cannot be taken back */
async function takeBack(button, replaced) {
  try {
    await undo(/** @type {Flagged} */ (flags.get(button)));
  } catch (error) {
    const late = error instanceof WireError && (error.status === 409 || error.status === 410);
    if (!late || !replaced) throw error;
  }
  mark(button, null);
  return "flag_undone";
}

/** @param {Element} button @param {Flagged | null} made */
function mark(button, made) {
  if (made) flags.set(button, made);
  else flags.delete(button);
  button.setAttribute("aria-pressed", String(made !== null));
}
