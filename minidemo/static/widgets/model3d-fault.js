// Reasons why a model cannot be shown, and limits for untrusted files.

export const MAX_VERTICES = 10_000_000;

/** Holds the key of a message for the user, and its values. */
export class Fault extends Error {
  /** @param {string} key @param {Record<string, string>} [values] */
  constructor(key, values = {}) {
    super(key);
    this.key = key;
    this.values = values;
  }
}

/** @param {unknown} condition @param {string} [key] @returns {asserts condition} */
export function check(condition, key = "model_broken") {
  if (!condition) throw new Fault(key);
}
