// Coming back to a run: after the connection was lost, or the page was loaded anew.
import { parse, refusal, remember, resume, say, told, WireError } from "./wire.js";

/** How often to look for the server, in ms: it keeps a run that nobody follows for some seconds. */
const PAUSES = [250, 500, 1000, 2000, 4000];

/**
 * Yield the events of a run that is under way, from what it has come to, or the last of one that is over.
 * @param {string} run
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<{ event: string, data: any }>}
 */
export async function* follow(run, signal) {
  for (const pause of PAUSES) {
    const response = await fetch(`runs/${run}`, { signal }).catch(away);
    if (response?.ok) return yield* told(response, signal);
    if (response) throw refusal(response.status, await response.text());
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new WireError(say("connection_lost"), { away: true });
}

/** Go on where an earlier page load left off, with its inputs. @param {import("./demo.js").Endpoint[]} endpoints */
export function comeBack(endpoints) {
  return Promise.all(endpoints.map(comeBackTo));
}

/** @param {import("./demo.js").Endpoint} endpoint */
function comeBackTo(endpoint) {
  const { session, run, data } = parse(remember(endpoint.name) ?? "{}");
  if (endpoint.inputs.length !== data?.length) return remember(endpoint.name, null);
  resume(session);
  endpoint.inputs.forEach((input, index) => (input.value = data[index]));
  return endpoint.work((signal) => endpoint.listen(follow(run, signal), signal, data));
}

/** @param {unknown} error */
function away(error) {
  if (error instanceof DOMException && error.name === "AbortError") throw error;
  return null;
}
