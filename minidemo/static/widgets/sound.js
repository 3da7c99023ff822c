// Sound as bytes: WAV files made and cut to the sample, and other files decoded by the browser.

/** What a WAV file says of itself: where its samples are, and how many bytes a second and a frame take. @typedef {{ fmt: Uint8Array, coding: number, rate: number, align: number, from: number, to: number }} Layout */

const HEADER = 44;
const SOUNDS = /\.(wav|wave|mp3|mpga|ogg|oga|opus|flac|aiff?|aifc|aac|m4a|m4b|mp4|webm|weba|mka)$/i;

/** Whether a file is a sound, as its type or else its name says. @param {{ name: string, type: string }} file */
export function isSound({ name, type }) {
  return /^(audio|video)\//.test(type) || SOUNDS.test(name);
}

/** A time as players show it. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {Uint8Array} bytes @param {number} at */
const text = (bytes, at) => String.fromCharCode(...bytes.subarray(at, at + 4));

/**
 * Make a WAV file of 16 bits.
 * @param {Float32Array[]} channels
 * @param {number} rate
 */
export function encode(channels, rate) {
  const [first = new Float32Array()] = channels;
  const samples = new DataView(new ArrayBuffer(first.length * channels.length * 2));
  let at = 0;
  for (let frame = 0; frame < first.length; frame++) {
    for (const channel of channels) {
      const level = Math.round((channel[frame] ?? 0) * 32768);
      samples.setInt16(at, Math.min(Math.max(level, -32768), 32767), true);
      at += 2;
    }
  }
  const fmt = new DataView(new ArrayBuffer(16));
  const align = channels.length * 2;
  [1, channels.length].forEach((value, index) => fmt.setUint16(index * 2, value, true));
  fmt.setUint32(4, rate, true);
  fmt.setUint32(8, rate * align, true);
  fmt.setUint16(12, align, true);
  fmt.setUint16(14, 16, true);
  return wav(new Uint8Array(fmt.buffer), new Uint8Array(samples.buffer));
}

/**
 * Cut a piece out of a WAV file, without touching its samples; null for any other file.
 * @param {Uint8Array} bytes
 * @param {number} start in seconds
 * @param {number} end
 */
export function cut(bytes, start, end) {
  const layout = read(bytes);
  if (!layout) return null;
  const { fmt, rate, align, from, to } = layout;
  /** @param {number} seconds */
  const place = (seconds) => Math.min(from + Math.round(seconds * rate) * align, to);
  const first = Math.min(place(start), to - align);
  return wav(fmt, bytes.subarray(first, Math.max(place(end), first + align)));
}

/** @param {Uint8Array} bytes @returns {Layout | null} */
function read(bytes) {
  if (text(bytes, 0) !== "RIFF" || text(bytes, 8) !== "WAVE") return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let fmt = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [name, size] = [text(bytes, at), view.getUint32(at + 4, true)];
    at += 8;
    if (name === "fmt " && size >= 16) fmt = at;
    if (name === "data" && fmt !== null) {
      const [coding, rate, align] = [view.getUint16(fmt, true), view.getUint32(fmt + 4, true), view.getUint16(fmt + 12, true)];
      const whole = align && Math.floor(Math.min(size, bytes.length - at) / align) * align;
      if (!whole || !rate || ![1, 3, 0xfffe].includes(coding)) return null;
      return { fmt: bytes.subarray(fmt, fmt + view.getUint32(fmt - 4, true)), coding, rate, align, from: at, to: at + whole };
    }
    at += size + (size & 1);
  }
  return null;
}

/** @param {Uint8Array} fmt @param {Uint8Array} samples */
function wav(fmt, samples) {
  const size = HEADER - 16 + fmt.length + samples.length;
  const bytes = new Uint8Array(size + (samples.length & 1));
  const view = new DataView(bytes.buffer);
  /** @param {number} at @param {string} name @param {number} length */
  const chunk = (at, name, length) => {
    [...name].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
    view.setUint32(at + 4, length, true);
  };
  chunk(0, "RIFF", bytes.length - 8);
  [..."WAVE"].forEach((letter, index) => view.setUint8(8 + index, letter.charCodeAt(0)));
  chunk(12, "fmt ", fmt.length);
  bytes.set(fmt, 20);
  chunk(20 + fmt.length, "data", samples.length);
  bytes.set(samples, 28 + fmt.length);
  return bytes;
}

/** Let the browser decode a file, with the rate that it has, as far as that is easily told. @param {ArrayBuffer} buffer */
export function decode(buffer) {
  const context = new OfflineAudioContext(1, 1, rateOf(new Uint8Array(buffer)));
  return context.decodeAudioData(buffer);
}

/** Make a WAV file of any that the browser decodes. @param {File} file @param {number} [start] in seconds @param {number} [end] */
export async function asWav(file, start = 0, end = Infinity) {
  const sound = await decode(await file.arrayBuffer());
  const [from, to] = [start, end].map((seconds) => Math.round(seconds * sound.sampleRate));
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index).subarray(from, to));
  return named(file, encode(channels, sound.sampleRate));
}

/** Make a WAV file of a piece of a file; that of a WAV file has the samples of it. @param {File} file @param {number} start in seconds @param {number} end */
export async function trimmed(file, start, end) {
  const piece = cut(new Uint8Array(await file.arrayBuffer()), start, end);
  return piece ? named(file, piece) : asWav(file, start, end);
}

/** @param {File} file @param {Uint8Array<ArrayBuffer>} bytes */
function named({ name }, bytes) {
  return new File([bytes], `${name.replace(/\.\w+$/, "")}.wav`, { type: "audio/wav" });
}

/** Samples a second, as WAV, FLAC, Vorbis and MP3 files say; else the usual. @param {Uint8Array} bytes */
export function rateOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rate = bytes.length > 64 ? told(bytes, view) : 0;
  return rate >= 8000 && rate <= 96000 ? rate : 48000;
}

/** @param {Uint8Array} bytes @param {DataView} view */
function told(bytes, view) {
  if (text(bytes, 0) === "fLaC") return view.getUint32(18) >>> 12;
  if (text(bytes, 0) === "OggS") return text(bytes, 29) === "vorb" ? view.getUint32(40, true) : 0;
  if (text(bytes, 0) === "RIFF") return read(bytes)?.rate ?? 0;
  const tagged = text(bytes, 0).startsWith("ID3");
  const tag = tagged ? 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + (bytes[at] ?? 0), 0) : 0;
  const [sync = 0, version = 0, third = 0] = bytes.subarray(tag, tag + 3);
  if (sync !== 255 || (version & 0xe6) !== 0xe2) return 0;
  const rates = [44100, 48000, 32000, 0];
  return (rates[(third >> 2) & 3] ?? 0) / ([4, 1, 2, 1][(version >> 3) & 3] ?? 1);
}
