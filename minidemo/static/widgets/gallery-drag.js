// Dragging: files into a gallery, and its pictures to other places.

/** @typedef {import("./gallery-shot.js").Shot} Shot */

const DRAGS = ["dragstart", "dragend", "dragenter", "dragover", "dragleave", "drop"];

export class Dragging {
  #gallery;
  /** What is being dragged to another place. @type {Shot | null} */
  #dragged = null;

  /** @param {HTMLElement & { shots: Shot[], add: (files: File[]) => void, carry: (shot: Shot, index: number) => void }} gallery */
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
    // A file input takes what is dropped on it by itself.
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
    else if (onto) this.#gallery.carry(this.#dragged, this.#gallery.shots.indexOf(onto));
  }

  /** @param {DragEvent} event */
  #under({ target }) {
    return this.#gallery.shots.find(({ element }) => element.contains(/** @type {Node} */ (target))) ?? null;
  }
}
