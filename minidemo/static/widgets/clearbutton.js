// A button that empties other fields.
import { MiniField } from "../fields.js";
import { config } from "../wire.js";
import { MiniButton } from "./button.js";

/** A button that empties the fields that it names, or all inputs and outputs of the page, or of its tab. */
class MiniClearButton extends MiniButton {
  press() {
    for (const id of this.ids) {
      const field = document.getElementById(id);
      if (!(field instanceof MiniField)) continue;
      field.value = null;
      field.fire("mini-clear");
    }
  }

  /** @returns {Iterable<string>} */
  get ids() {
    const { clears } = this.dataset;
    if (clears !== undefined) return clears.split(" ").filter(Boolean);
    const around = this.closest("[role=tabpanel]") ?? document;
    const ids = config.endpoints.flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ id }) => id));
    return new Set(ids.filter((id) => around.contains(document.getElementById(id))));
  }
}

customElements.define("mini-clearbutton", MiniClearButton);
