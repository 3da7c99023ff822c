// The wire: requests to the server, its events and errors, JSON with exact numbers, and the words of the page.

/** @typedef {import("./types").PageConfig} PageConfig */
/** @typedef {import("./types").ErrorResponse} ErrorResponse */
/** @typedef {{ event: string, data: string }} ServerEvent */

/** @type {PageConfig} */
export const config = parse(
  globalThis.document?.getElementById("config")?.textContent ||
    '{"endpoints": [], "max_file_size": 0, "words": {}}',
);

/** The id of this page load; randomUUID would need https. */
export let session = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
  byte.toString(16).padStart(2, "0"),
).join("");

/** An error of the server or the connection. `away`: no answer came; `lostRun`: the run whose connection was lost. */
export class WireError extends Error {
  /** @param {string} message @param {{ field?: string | null, run?: string | null, status?: number, away?: boolean, lostRun?: string }} [more] */
  constructor(message, { field = null, run = null, status = 0, away = false, lostRun = "" } = {}) {
    super(message);
    this.field = field;
    this.run = run;
    this.status = status;
    this.away = away;
    this.lostRun = lostRun;
  }
}

/** Take the id of an earlier page load. @param {string} earlier */
export function resumeSession(earlier) {
  session = earlier;
}

/**
 * Run an endpoint and yield the server's events; the last is `result` or `error`.
 * @param {import("./types").PredictRequest} request
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{ event: string, data: any }>}
 */
export async function* predict(request, signal) {
  yield* runEvents(await post("predict", request, { accept: "text/event-stream", signal }));
}

/**
 * Yield the events of a response up to the last; a lost connection is an error with the run.
 * @param {Response} response
 * @returns {AsyncGenerator<{ event: string, data: any }>}
 */
export async function* runEvents(response) {
  let lostRun = "";
  try {
    for await (const { event, data: text } of splitEvents(chunks(response))) {
      const data = parse(text);
      if (event === "run") lostRun = data.run;
      yield { event, data };
      if (event === "result" || event === "error") return;
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  throw new WireError(say("connection_lost"), { away: true, lostRun });
}

/** Ask the server to end a run. @param {string} run */
export async function cancel(run) {
  await post(`runs/${run}/cancel`, null);
}

/** Resolve once the server answers; the pauses between attempts grow. */
export async function reachable() {
  for (let pause = 1000; ; pause = Math.min(2 * pause, 15000)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const answer = await fetch("", { cache: "no-store" }).catch(() => null);
    if (answer && answer.status < 500) return;
  }
}

/**
 * Store a call of an endpoint for this tab, or forget it for null; return the stored call.
 * @param {string} endpoint
 * @param {string | null} [call]
 */
export function remember(endpoint, call) {
  const key = `minidemo-run ${endpoint}`;
  try {
    if (call !== undefined) sessionStorage.removeItem(key);
    if (call) sessionStorage.setItem(key, call);
    return sessionStorage.getItem(key);
  } catch {
    return null; // storage is forbidden or full
  }
}

/** @param {import("./types").FlagRequest} request @returns {Promise<import("./types").FlagResponse>} */
export async function flag(request) {
  return parse(await (await post("flag", request)).text());
}

/** @param {import("./types").UndoRequest} request @returns {Promise<import("./types").UndoResponse>} */
export async function undo(request) {
  return parse(await (await post("flag/undo", request)).text());
}

/**
 * @param {string} url
 * @param {unknown} body
 * @param {{ accept?: string, signal?: AbortSignal }} [options]
 */
async function post(url, body, { accept = "application/json", signal } = {}) {
  const headers = { "Content-Type": "application/json", Accept: accept };
  const response = await fetch(url, {
    method: "POST",
    headers,
    body: stringify(body),
    ...(signal && { signal }),
  }).catch(unreachable);
  if (!response.ok) throw refusal(response.status, await response.text());
  return response;
}

/** @param {unknown} error @returns {never} */
function unreachable(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new WireError(say("cannot_reach"), { away: true });
}

/**
 * Return the error of a response; a proxy's 502 to 504 without our body mean that the server is away.
 * @param {number} status
 * @param {string} text
 */
export function refusal(status, text) {
  try {
    const { error, run } = /** @type {ErrorResponse} */ (parse(text));
    return new WireError(error.message, { field: error.field, run, status });
  } catch {
    const away = status >= 502 && status <= 504;
    return new WireError(say(away ? "cannot_reach" : "refused", { status }), { status, away });
  }
}

/** @param {Response} response */
async function* chunks(response) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read().catch(lost);
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}

/** @param {unknown} error @returns {never} */
function lost(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  throw new WireError(say("connection_lost"), { away: true });
}

/**
 * Split a stream of text into server-sent events.
 * @param {AsyncIterable<string> | Iterable<string>} texts
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* splitEvents(texts) {
  /** @type {string[]} */
  let rest = [];
  let edge = "";
  for await (const text of texts) {
    // The pieces of a long event are joined only once.
    rest.push(text);
    const seam = edge + text;
    edge = seam.slice(-3);
    if (!/\n\r?\n/.test(seam)) continue;
    const blocks = rest.join("").replace(/\r\n/g, "\n").split("\n\n");
    rest = [/** @type {string} */ (blocks.pop())];
    for (const block of blocks) {
      const event = parseEvent(block);
      if (event) yield event;
    }
  }
}

/** @param {string} block @returns {ServerEvent | null} */
function parseEvent(block) {
  let event = "message";
  const data = [];
  for (const line of block.split("\n")) {
    const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (name === "event") event = value;
    if (name === "data") data.push(value);
  }
  return data.length ? { event, data: data.join("\n") } : null;
}

/** Parse JSON; an integer too large for a number becomes a BigInt where the browser supports it. @param {string} text */
export function parse(text) {
  const long = /(?:^|[[,:\s])-?\d{16,}(?=[\s,\]}]|$)/.test(text);
  return long ? JSON.parse(text, /** @type {any} */ (keepBigInteger)) : JSON.parse(text);
}

/** @param {string} _key @param {unknown} value @param {{ source?: string }} [context] */
export function keepBigInteger(_key, value, context) {
  const big = typeof value === "number" && !Number.isSafeInteger(value) && context?.source;
  return big && /^-?\d+$/.test(big) ? BigInt(big) : value;
}

/** Write JSON; a BigInt becomes an integer where the browser supports it, else a string. @param {unknown} value */
export function stringify(value, indent = 0) {
  try {
    return JSON.stringify(value, null, indent);
  } catch {
    // A BigInt: the slower way is needed.
  }
  const raw = /** @type {any} */ (JSON).rawJSON ?? String;
  return JSON.stringify(value, (_key, item) => (typeof item === "bigint" ? raw(String(item)) : item), indent);
}

/**
 * Parse a typed number: null for an empty text, undefined for any other text.
 * @param {string} typed
 * @returns {number | bigint | string | null | undefined}
 */
export function parseNumber(typed) {
  const text = typed.trim().replace(/^\u2212/, "-");
  if (text === "") return null;
  if (/^(NaN|-?Infinity)$/.test(text)) return text;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(text)) return undefined;
  const number = Number(text);
  if (/^[+-]?\d+$/.test(text) && !Number.isSafeInteger(number)) return BigInt(text.replace("+", ""));
  return Number.isFinite(number) ? number : undefined;
}

/** The reading direction: 1 to the right, -1 to the left. */
export const readingDirection = globalThis.document?.dir === "rtl" ? -1 : 1;

/**
 * Return the words for a key, with the values inserted.
 * @param {string} key
 * @param {Record<string, unknown>} [values]
 */
export function say(key, values = {}, words = config.words) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
