import { VoiceError } from './voice-error.ts';

/** One channel of sound. */
export type Sound = {
  /** Samples a second. */
  readonly rate: number;
  /** −1 to 1. */
  readonly samples: Float32Array;
};

type Format = {
  readonly kind: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
};

const PCM = 1;

/**
 * @param bytes a WAV file of 16-bit samples; several channels are mixed to one
 * @throws VoiceError `VOICE_SOUND_INVALID`
 */
export function readWav(bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (word(0) !== 'RIFF' || word(8) !== 'WAVE') throw invalid('These bytes are no WAV file.');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const chunk = new DataView(
      bytes.buffer,
      bytes.byteOffset + at + 8,
      Math.min(length, bytes.length - at - 8),
    );
    if (word(at) === 'fmt ') format = readFormat(chunk);
    if (word(at) === 'data')
      return { rate: checkFormat(format).rate, samples: mix(chunk, checkFormat(format)) };
    // Chunks begin at even bytes.
    at += 8 + length + (length % 2);
  }
  throw invalid('The WAV file has no sound.');
}

function readFormat(chunk: DataView): Format {
  if (chunk.byteLength < 16) throw invalid('The WAV file does not say how it is written.');
  return {
    kind: chunk.getUint16(0, true),
    channels: chunk.getUint16(2, true),
    rate: chunk.getUint32(4, true),
    bits: chunk.getUint16(14, true),
  };
}

function checkFormat(format: Format | undefined): Format {
  if (format?.kind === PCM && format.bits === 16 && format.channels > 0) return format;
  throw invalid('The samples are not plain and of 16 bits.');
}

function mix(chunk: DataView, { channels }: Format): Float32Array {
  const frames = Math.floor(chunk.byteLength / (2 * channels));
  return Float32Array.from({ length: frames }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      sum += chunk.getInt16((frame * channels + channel) * 2, true);
    }
    return sum / channels / 32_768;
  });
}

function invalid(message: string): VoiceError {
  return new VoiceError('VOICE_SOUND_INVALID', message);
}
