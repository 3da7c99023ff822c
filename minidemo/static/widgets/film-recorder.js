// A recorder of the visitor's camera and microphone.

/** @typedef {{ file: Promise<File>, began: number, stop: () => void }} Recording */

/** Formats of recordings, best first: VP8 is cheap to record, and everything reads it. */
const TYPES = ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

/** Record a stream until it ends or `stop` is called; `file` is what was recorded. @param {MediaStream} stream @returns {Recording} */
export function record(stream) {
  const mimeType = TYPES.find((name) => MediaRecorder.isTypeSupported(name));
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
  /** @type {Blob[]} */
  const pieces = [];
  const file = new Promise((/** @type {(file: File) => void} */ resolve) => {
    recorder.addEventListener("dataavailable", ({ data }) => pieces.push(data));
    recorder.addEventListener("stop", () => resolve(joined(pieces, recorder.mimeType)));
  });
  recorder.start();
  return { file, began: performance.now(), stop: () => recorder.state === "inactive" || recorder.stop() };
}

/** @param {Blob[]} pieces @param {string} mimeType */
function joined(pieces, mimeType) {
  const type = mimeType.replace(/;.*/, "") || "video/webm";
  return new File(pieces, `recording.${type.replace(/^.*\//, "")}`, { type });
}
