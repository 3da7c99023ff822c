// A picture of the visitor's camera.

/** Show what the camera sees, and hear what the microphone hears where that is wanted. @param {HTMLVideoElement} video */
export async function start(video, audio = false) {
  video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio });
  await video.play();
}

/** Let go of the camera. @param {HTMLVideoElement} video */
export function stop(video) {
  const stream = /** @type {MediaStream | null} */ (video.srcObject);
  for (const track of stream?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

/** Make a file of what is seen now. @param {HTMLVideoElement} video @returns {Promise<File>} */
export async function shoot(video, type = "image/png") {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, type));
  return new File([blob ?? new Blob()], `camera.${type.slice(6)}`, { type });
}
