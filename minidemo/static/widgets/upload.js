// Uploads with their progress, which `fetch` does not report.
import { config, parse, refusal, say, session, WireError } from "../wire.js";

/** @typedef {import("../types").FileData} FileData */

/** Return the address of a stored file. @param {string} path */
export const address = (path) => `file/${path.split("/").map(encodeURIComponent).join("/")}`;

/**
 * @param {File} file
 * @param {(percent: number) => void} progress
 * @param {AbortSignal} signal
 * @returns {Promise<FileData>}
 */
export function upload(file, progress, signal) {
  const limit = config.max_file_size;
  if (file.size > limit) {
    const words = say("too_large", { size: megabytes(file.size), limit: megabytes(limit) });
    return Promise.reject(new WireError(words, { status: 413 }));
  }
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `upload?${new URLSearchParams({ name: file.name, session })}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => progress(total ? (loaded / total) * 100 : 0);
    request.onload = () => settle(request, resolve, reject);
    request.onerror = () => reject(new WireError(say("upload_failed"), { away: true }));
    request.onabort = () => reject(new DOMException("", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** @param {XMLHttpRequest} request @param {(file: FileData) => void} resolve @param {(error: WireError) => void} reject */
function settle({ status, responseText }, resolve, reject) {
  if (status >= 200 && status < 300) resolve(parse(responseText));
  else reject(refusal(status, responseText));
}

/** @param {number} bytes */
export function megabytes(bytes) {
  const [size, unit] = bytes < 2 ** 20 ? [bytes / 2 ** 10, "kB"] : [bytes / 2 ** 20, "MB"];
  return `${size < 10 ? Number(size.toFixed(1)) : Math.round(size)} ${unit}`;
}

/** A file that misses its place must not make the browser leave the page. @param {DragEvent} event */
function keepPage(event) {
  const place = event.target instanceof HTMLInputElement && event.target.type === "file";
  if (!place && event.dataTransfer?.types.includes("Files")) event.preventDefault();
}

globalThis.document?.addEventListener("dragover", keepPage);
globalThis.document?.addEventListener("drop", keepPage);
