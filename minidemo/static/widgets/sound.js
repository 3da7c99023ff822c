// Sound files: WAV is made and cut to the sample, other kinds are decoded by the browser.

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** A time as players show it. @param {number} seconds */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Make a WAV file of 16 bits. @param {Float32Array[]} channels @param {number} rate @param {string} name */
export function encode(channels, rate, name) {
  const many = channels.length;
  const samples = new Int16Array(many * (channels[0]?.length ?? 0));
  channels.forEach((channel, place) =>
    channel.forEach((level, frame) => {
      samples[frame * many + place] = Math.min(Math.max(Math.round(level * 32768), -32768), 32767);
    }),
  );
  const second = rate * many * 2;
  return wav(new Uint16Array([1, many, rate, rate >> 16, second, second >> 16, many * 2, 16]), samples, name);
}

/** Return a part as a WAV file; a part of a WAV file has its exact samples. @param {File} file @param {number} start @param {number} end */
export async function trimmed(file, start, end) {
  return cut(new Uint8Array(await file.arrayBuffer()), start, end, file.name) ?? asWav(file, start, end);
}

/** Make a WAV file of any that the browser decodes. @param {File} file */
export async function asWav(file, start = 0, end = Infinity) {
  const sound = await decode(await file.arrayBuffer());
  const [from, to] = [start, end].map((seconds) => Math.round(seconds * sound.sampleRate));
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index).subarray(from, to));
  return encode(channels, sound.sampleRate, file.name);
}

/** Let the browser decode a file, with its own rate where nothing need be lost. @param {ArrayBuffer} buffer */
export function decode(buffer) {
  const rate = told(new Uint8Array(buffer));
  return new OfflineAudioContext(1, 1, rate >= 8000 && rate <= 96000 ? rate : 48000).decodeAudioData(buffer);
}

/** The samples a second that the head of a WAV or FLAC file tells. @param {Bytes} bytes */
export function told(bytes) {
  const flac = text(bytes, 0) === "fLaC" && bytes.length > 21;
  return flac ? new DataView(bytes.buffer).getUint32(18) >>> 12 : format(bytes, chunk(bytes, "fmt ")[0]).rate;
}

/** Cut a piece out of a WAV file; nothing comes of other files. @param {Bytes} bytes @param {number} start @param {number} end @param {string} name */
export function cut(bytes, start, end, name) {
  const [fmt, head] = chunk(bytes, "fmt ");
  const [from, size] = chunk(bytes, "data");
  const { coding, rate, align } = format(bytes, fmt);
  const whole = size - (size % align);
  if (![1, 3, 0xfffe].includes(coding) || !whole) return null;
  const [first = 0, last = 0] = [start, end].map((seconds) => Math.round(seconds * rate) * align);
  const begin = Math.min(first, whole - align);
  const samples = bytes.subarray(from + begin, from + Math.min(Math.max(last, begin + align), whole));
  return wav(bytes.subarray(fmt, fmt + head), samples, name);
}

/** Return the start and length of a chunk of a WAV file. @param {Bytes} bytes @param {string} name */
function chunk(bytes, name) {
  const view = new DataView(bytes.buffer);
  for (let at = text(bytes, 8) === "WAVE" ? 12 : Infinity; at + 8 < bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (text(bytes, at) === name) return /** @type {const} */ ([at + 8, Math.min(size, bytes.length - at - 8)]);
    at += 8 + size + (size & 1);
  }
  return /** @type {const} */ ([0, 0]);
}

/** @param {Bytes} bytes @param {number} at */
function format(bytes, at) {
  const view = new DataView(bytes.buffer);
  if (!at || at + 16 > bytes.length) return { coding: 0, rate: 0, align: 0 };
  return { coding: view.getUint16(at, true), rate: view.getUint32(at + 4, true), align: view.getUint16(at + 12, true) };
}

/** @param {Bytes | Uint16Array<ArrayBuffer>} fmt @param {Bytes | Int16Array<ArrayBuffer>} samples @param {string} name */
function wav(fmt, samples, name) {
  const pad = samples.byteLength & 1;
  const parts = [fmt.byteLength, samples.byteLength, 20 + fmt.byteLength + samples.byteLength + pad];
  const [head = "", length = "", all = ""] = parts.map((size) => new Uint32Array([size]));
  const file = ["RIFF", all, "WAVEfmt ", head, fmt, "data", length, samples, new Uint8Array(pad)];
  return new File(file, `${name.replace(/\.\w+$/, "")}.wav`, { type: "audio/wav" });
}

/** @param {Bytes} bytes @param {number} at */
function text(bytes, at) {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
