// The base of invisible fields.
import { MiniField } from "./fields.js";

export class MiniHidden extends MiniField {
  get error() {
    return "";
  }

  set error(message) {}

  show() {}

  focus() {}
}
