/**
 * A message of `/api/v1/sound`: four bytes of head - its kind, a flag that something before it was left out - and then the sample rate, the number
 * of channels and the bits of a sample, or samples: signed, 16 bits, little-endian, the channels in turn.
 */
export type SoundMessage =
  | { kind: 'format'; rate: number; channels: number }
  | { kind: 'samples'; gap: boolean; samples: DataView }
  | { kind: 'silence' };

const headBytes = 4;
const formatBytes = 12;
const sampleBytes = 2;

/** Reads a message; null for one that is not understood. */
export function readSound(message: ArrayBuffer): SoundMessage | null {
  if (message.byteLength < headBytes) return null;
  const view = new DataView(message);
  switch (view.getUint8(0)) {
    case 1:
      if (message.byteLength < formatBytes || view.getUint8(9) !== 8 * sampleBytes) return null;
      return { kind: 'format', rate: view.getUint32(4, true), channels: view.getUint8(8) };
    case 2: return { kind: 'samples', gap: view.getUint8(1) !== 0, samples: new DataView(message, headBytes) };
    case 3: return { kind: 'silence' };
    default: return null;
  }
}

/** The samples of each channel from -1 to 1; an incomplete set at the end is left out. */
export function splitChannels(samples: DataView, channels: number): Float32Array<ArrayBuffer>[] {
  const length = Math.floor(samples.byteLength / (sampleBytes * channels));
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length }, (__, index) => samples.getInt16((index * channels + channel) * sampleBytes, true) / 32_768));
}
