// The state of a visitor, which stays on the server.
import { MiniHidden } from "../hidden.js";

class MiniState extends MiniHidden {
  get value() {
    return null;
  }

  set value(value) {}
}

customElements.define("mini-state", MiniState);
