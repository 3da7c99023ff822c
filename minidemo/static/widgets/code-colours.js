// The colours of code, in editors and in text.
import { LANGUAGES, tokenize } from "./tokenizer.js";

const styles = document.createElement("link");
styles.rel = "stylesheet";
styles.href = new URL("./code-colours.css", import.meta.url).href;
document.head.append(styles);

/** Longer code is shown without colours, to stay quick. */
export const LONGEST = 200_000;
/** @type {Record<string, string>} */
const SHORT = { bash: "shell", "c++": "cpp", js: "javascript", py: "python", sh: "shell", ts: "typescript", yml: "yaml" };

/** Colour code whose class names its language. @param {Element} code */
export function colour(code) {
  const text = code.textContent ?? "";
  const name = /(?:^| )language-(\S+)/.exec(code.className)?.[1]?.toLowerCase() ?? "";
  const language = SHORT[name] ?? name;
  if (text.length > LONGEST || !LANGUAGES.includes(language)) return;
  code.replaceChildren(...tokenize(text, language).flat().map(token));
}

/** Return a token as a node. @param {import("./tokenizer.js").Token} token */
export function token({ kind, text }) {
  if (!kind) return document.createTextNode(text);
  const element = document.createElement("span");
  element.className = `code-${kind}`;
  element.textContent = text;
  return element;
}
