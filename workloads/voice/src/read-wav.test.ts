import { expect, it } from 'vitest';
import { readWav } from './read-wav.ts';
import { sampleRecording } from './sample-recording.ts';

/** A WAV file with a chunk of an odd length before the sound. */
function wav(samples: readonly number[], { channels = 1, bits = 16, kind = 1 } = {}): Uint8Array {
  const bytes = new Uint8Array(12 + 24 + 12 + 8 + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const word = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
  word(0, 'RIFF');
  word(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, kind, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, 16_000, true);
  view.setUint16(34, bits, true);
  word(36, 'LIST');
  view.setUint32(40, 3, true);
  word(48, 'data');
  view.setUint32(52, samples.length * 2, true);
  samples.forEach((sample, index) => {
    view.setInt16(56 + 2 * index, sample, true);
  });
  return bytes;
}

it('reads samples, and mixes channels', () => {
  expect(readWav(wav([0, 16_384, -32_768]))).toEqual({ rate: 16_000, samples: Float32Array.of(0, 0.5, -1) });
  expect(readWav(wav([0, 16_384, -32_768, 0], { channels: 2 })).samples).toEqual(Float32Array.of(0.25, -0.5));
});

it('reads the recording that comes with it', async () => {
  const { rate, samples } = await sampleRecording();
  expect(rate).toBe(16_000);
  expect(samples.length / rate).toBeCloseTo(2.99, 2);
});

it.each([
  [new Uint8Array(0), 'no WAV file'],
  [wav([1], { bits: 8 }), '16 bits'],
  [wav([1], { kind: 3 }), '16 bits'],
  [wav([1]).subarray(0, 48), 'no sound'],
  [wav([1]).subarray(0, 30), 'does not say'],
])('refuses %#', (bytes, words) => {
  expect(() => readWav(bytes)).toThrow(words);
});

it('refuses or reads what was cut anywhere, and never does anything else', () => {
  const whole = wav([1, 2, 3]);
  for (let length = 0; length < whole.length; length++) {
    try {
      expect(readWav(whole.subarray(0, length)).samples.length).toBeLessThan(3);
    } catch (error) {
      expect(error).toMatchObject({ code: 'VOICE_SOUND_INVALID' });
    }
  }
});
