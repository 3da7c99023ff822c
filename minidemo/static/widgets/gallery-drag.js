// Dragging: files into a gallery, and its items to other positions.

/** @typedef {import("./gallery-item.js").GalleryItem} GalleryItem */

const DRAGS = ["dragstart", "dragend", "dragenter", "dragover", "dragleave", "drop"];

/** The drag events of a gallery. */
export class Dragging {
  #gallery;
  /** The item that is dragged. @type {GalleryItem | null} */
  #dragged = null;

  /** @param {HTMLElement & { items: GalleryItem[], add: (files: File[]) => void, moveItem: (item: GalleryItem, index: number) => void }} gallery */
  constructor(gallery) {
    this.#gallery = gallery;
  }

  start() {
    for (const type of DRAGS) this.#gallery.addEventListener(type, this);
  }

  stop() {
    for (const type of DRAGS) this.#gallery.removeEventListener(type, this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    // a file input takes dropped files itself
    if (!(event instanceof DragEvent) || event.target instanceof HTMLInputElement) return;
    const { type, dataTransfer } = event;
    const files = dataTransfer?.types.includes("Files") ?? false;
    if (type === "dragstart") this.#lift(event);
    if (type === "dragover" && (files || this.#dragged)) event.preventDefault();
    if (type === "drop") this.#put(event);
    if (type === "drop" || type === "dragend") this.#dragged = null;
    const over = files && (type === "dragenter" || type === "dragover");
    this.#gallery.querySelector(".stage")?.toggleAttribute("data-drag", over);
  }

  /** @param {DragEvent} event */
  #lift(event) {
    this.#dragged = this.#under(event);
    if (!this.#dragged || !event.dataTransfer) return;
    event.dataTransfer.setData("text/plain", this.#dragged.name);
    event.dataTransfer.effectAllowed = "move";
  }

  /** @param {DragEvent} event */
  #put(event) {
    event.preventDefault();
    const onto = this.#under(event);
    if (!this.#dragged) this.#gallery.add([...(event.dataTransfer?.files ?? [])]);
    else if (onto) this.#gallery.moveItem(this.#dragged, this.#gallery.items.indexOf(onto));
  }

  /** @param {DragEvent} event */
  #under({ target }) {
    return this.#gallery.items.find(({ element }) => element.contains(/** @type {Node} */ (target))) ?? null;
  }
}
