import { readFile } from 'node:fs/promises';
import { DigitsError } from './digits-error.ts';

/** What a job's specification and its inputs are made of. */
export type DigitsJob = {
  readonly runtime: 'wasm';
  readonly profile: 'integer';
  readonly module: Uint8Array;
  /** The model and the images: the sandbox sees them joined in this order. */
  readonly inputs: readonly [Uint8Array, Uint8Array];
  readonly limits: { readonly fuel: bigint; readonly memoryPages: number; readonly outputBytes: number };
};

export type DigitsOptions = {
  /** Whether the ten logits of each image are wanted too. Default: no. */
  readonly logits?: boolean;
};

const IMAGE_BYTES = 28 * 28;
const WANTS_LOGITS = 1;

/**
 * A job that says which digit is on each image.
 *
 * @param images 784 bytes each: 28 rows of 28 pixels from the top, ink is 255
 * @throws DigitsError `DIGITS_IMAGE_INVALID`
 *
 * @example
 * ```ts
 * const job = await digitsJob(await sampleDigits().then((samples) => samples.map(({ image }) => image)))
 * const { output } = await sandbox.run({ ...job, input: Buffer.concat(job.inputs) })
 * const { labels } = readDigits(output)
 * ```
 */
export async function digitsJob(
  images: readonly Uint8Array[],
  { logits = false }: DigitsOptions = {},
): Promise<DigitsJob> {
  const batch = new Uint8Array(8 + images.length * IMAGE_BYTES);
  const view = new DataView(batch.buffer);
  view.setUint32(0, images.length, true);
  view.setUint32(4, logits ? WANTS_LOGITS : 0, true);
  images.forEach((image, index) => {
    if (image.length !== IMAGE_BYTES)
      throw new DigitsError('DIGITS_IMAGE_INVALID', `Image ${index} has ${image.length} bytes, not 784.`);
    batch.set(image, 8 + index * IMAGE_BYTES);
  });
  return {
    runtime: 'wasm',
    profile: 'integer',
    module: await digitsModule(),
    inputs: [await digitsModel(), batch],
    limits: {
      fuel: FUEL_BEFORE + BigInt(images.length) * FUEL_PER_IMAGE,
      memoryPages: 256,
      outputBytes: images.length * 41,
    },
  };
}

// A tenth more than measured; work does not depend on what is on the image.
const FUEL_BEFORE = 1_000_000n;
const FUEL_PER_IMAGE = 1_160_000n;

/** The module that runs: `assembly/index.ts`, compiled. */
export function digitsModule(): Promise<Uint8Array> {
  return readFile(new URL('../module/digits.wasm', import.meta.url));
}

/** The int8 network, written by `npm run train`. */
export function digitsModel(): Promise<Uint8Array> {
  return readFile(new URL('../model/digits.bin', import.meta.url));
}
