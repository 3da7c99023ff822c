// Reconnecting to a run: after a lost connection, or after a reload.
import { parse, refusal, remember, resumeSession, runEvents, say, WireError } from "./wire.js";

/** @typedef {import("./endpoint.js").Endpoint} Endpoint */

/** Milliseconds between attempts: the server keeps a run without a listener for some seconds. */
const PAUSES = [250, 500, 1000, 2000, 4000];

/**
 * Yield the events of a run: of one that goes on from its present state, of one that is over the last.
 * @param {string} run
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{ event: string, data: any }>}
 */
export async function* reconnect(run, signal) {
  for (const pause of PAUSES) {
    const response = await fetch(`runs/${run}`, { signal }).catch(unanswered);
    if (response?.ok) return yield* runEvents(response);
    if (response) throw refusal(response.status, await response.text());
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new WireError(say("connection_lost"), { away: true });
}

/** Resume the interrupted calls, with the inputs that they were made with. @param {Endpoint[]} endpoints */
export function resumeRuns(endpoints) {
  return Promise.all(endpoints.map(resumeRun));
}

/** @param {Endpoint} endpoint */
function resumeRun(endpoint) {
  const { session, run, data } = parse(remember(endpoint.name) ?? "{}");
  if (endpoint.inputs.length !== data?.length) return remember(endpoint.name, null);
  resumeSession(session);
  endpoint.inputs.forEach((input, index) => (input.value = data[index]));
  return endpoint.work((signal) => endpoint.listen(reconnect(run, signal), signal, data));
}

/** @param {unknown} error */
function unanswered(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  return null;
}
