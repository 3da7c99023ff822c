// The buttons that change a drawing.

/** @typedef {import("./drawing-factory.js").DrawingFactory} DrawingFactory */
/** @typedef {import("./drawing.js").Drawing} Drawing */
/** @typedef {import("./panels.js").Panels} Panels */
/** @typedef {import("./surface.js").Sheet} Sheet */

/**
 * Change a drawing, and return false if nothing changed.
 * @param {string} action
 * @param {{ drawing: Drawing, factory: DrawingFactory, panels: Panels }} editor
 * @param {Sheet | undefined} layer the layer of the button
 */
export function change(action, { drawing, factory, panels }, layer) {
  if (action === "undo") return drawing.history.undo();
  if (action === "redo") return drawing.history.redo();
  if (action === "crop") return panels.crop(drawing);
  if (action === "resize") return panels.resize(drawing);
  if (action === "clear") drawing.clear();
  if (action === "remove") factory.restart(drawing);
  if (action === "layer-add") drawing.addLayer();
  if (action === "layer-delete" && layer) drawing.deleteLayer(layer);
  if (action === "layer-toggle" && layer) drawing.toggleLayer(layer);
  return true;
}
