// The history of a drawing: undo and redo.

/** @typedef {{ undo: () => void, redo: () => void, weight: number }} Step */

/** Bytes of all steps; the oldest are forgotten first. */
const LIMIT = 256 * 2 ** 20;

export class History {
  /** @type {Step[]} */
  #done = [];
  /** @type {Step[]} */
  #undone = [];

  constructor(limit = LIMIT) {
    this.limit = limit;
  }

  /** The latest step, to return to with `goTo`. */
  get mark() {
    return this.#done.at(-1) ?? null;
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** Record a step. @param {Step} step */
  add(step) {
    this.#undone = [];
    this.#done.push(step);
    let weight = this.#done.reduce((sum, item) => sum + item.weight, 0);
    while (weight > this.limit && this.#done.length > 1) weight -= this.#done.shift()?.weight ?? 0;
  }

  undo() {
    const step = this.#done.pop();
    if (!step) return false;
    step.undo();
    this.#undone.push(step);
    return true;
  }

  redo() {
    const step = this.#undone.pop();
    if (!step) return false;
    step.redo();
    this.#done.push(step);
    return true;
  }

  /** Undo or redo until a step, or none, is the latest, as far as it is remembered. @param {Step | null} mark */
  goTo(mark) {
    const ahead = mark !== null && this.#undone.includes(mark);
    while (this.mark !== mark && (ahead ? this.redo() : this.undo()));
  }
}
