// The pictures of a camera, taken on demand.
import { shoot, start, stop } from "./camera.js";

/** @param {HTMLVideoElement} video @returns {Promise<import("./stream.js").Source>} */
export async function open(video) {
  await start(video);
  const source = {
    on: true,
    rest: false,
    take: async () => (source.on ? shoot(video, "image/jpeg") : null),
    leave: () => {
      source.on = false;
      stop(video);
    },
  };
  return source;
}
