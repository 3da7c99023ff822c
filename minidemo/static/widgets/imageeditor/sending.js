// Sends what the server has not got yet of a drawing.

/** @typedef {import("./drawing.js").Drawing} Drawing */

/**
 * Resolves when background, layers and composite are all with the server. `progress` is told the percentage, and at the
 * beginning of each file 0; nothing where there is nothing to send.
 * @param {Drawing} drawing
 * @param {(percent: number) => void} progress
 */
export async function send(drawing, progress) {
  const { background, layers } = drawing.parts;
  const sheets = new Set([...(background ? [background] : []), ...layers, drawing.whole]);
  const missing = [...sheets].filter(({ content }) => !content.file);
  if (missing.length) progress(0);
  await Promise.all(missing.map(({ content, canvas }) => content.store(canvas, progress)));
}
