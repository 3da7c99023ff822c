// The tools below a gallery: the caption of the chosen item, and the buttons to enlarge, move and remove it.

/** @typedef {import("./gallery-item.js").GalleryItem} GalleryItem */

/** The tools of a gallery that the visitor can change. */
export class GalleryTools {
  /** @param {HTMLElement} gallery */
  constructor(gallery) {
    this.gallery = gallery;
  }

  /** @returns {HTMLInputElement} */
  get captionField() {
    return /** @type {HTMLInputElement} */ (this.gallery.querySelector(".gallery-caption-field"));
  }

  /** Show the tools of the chosen item. @param {number} index @param {GalleryItem[]} items */
  show(index, items) {
    const chosen = items[index];
    for (const name of ["enlarge", "earlier", "later", "remove"]) this.#button(name)?.toggleAttribute("hidden", !chosen);
    this.#button("earlier")?.setAttribute("aria-disabled", String(index === 0));
    this.#button("later")?.setAttribute("aria-disabled", String(index === items.length - 1));
    this.captionField.hidden = !chosen;
    this.captionField.value = chosen?.caption ?? "";
  }

  /** @param {string} action */
  #button(action) {
    return this.gallery.querySelector(`.tools > [data-do=${action}]`);
  }
}
