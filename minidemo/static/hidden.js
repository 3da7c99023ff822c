// The base of what there is nothing to see of.
import { MiniField } from "./fields.js";

export class MiniHidden extends MiniField {
  get error() {
    return "";
  }

  set error(message) {}

  show() {}

  focus() {}
}
