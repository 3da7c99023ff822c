// A button that empties others.
import { MiniField } from "../fields.js";
import { config } from "../wire.js";
import { MiniButton } from "./button.js";

/** A button that empties the fields that it names, or all inputs and outputs of the page. */
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
    return new Set(config.endpoints.flatMap(({ inputs, outputs }) => [...inputs, ...outputs].map(({ id }) => id)));
  }
}

customElements.define("mini-clearbutton", MiniClearButton);
