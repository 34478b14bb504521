import { DigitsError } from './digits-error.ts';
import type { DigitsOptions } from './digits-job.ts';

/** What the job has answered, an entry for each image. */
export type Digits = {
  /** 0 to 9. */
  readonly labels: Uint8Array;
  /** Ten for each image, in 1/1024; only where they were asked for. */
  readonly logits: readonly Int32Array[] | undefined;
};

const RECORD_BYTES = 41;

/**
 * @param output of a job that `digitsJob` has made, or its beginning: a record for each image, in their order
 * @param options that the job was made with
 * @throws DigitsError `DIGITS_OUTPUT_INVALID` when the bytes are no such answer
 */
export function readDigits(output: Uint8Array, { logits = false }: DigitsOptions = {}): Digits {
  const bytes = logits ? RECORD_BYTES : 1;
  const count = output.length / bytes;
  const labels = Uint8Array.from(
    { length: Math.floor(count) },
    (_, image) => output[image * bytes] as number,
  );
  if (!Number.isInteger(count) || labels.some((label) => label > 9))
    throw new DigitsError('DIGITS_OUTPUT_INVALID', 'The result is no answer of this job.');
  if (!logits) return { labels, logits: undefined };
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  const read = (image: number) => (_: unknown, digit: number) =>
    view.getInt32(image * RECORD_BYTES + 1 + 4 * digit, true);
  return {
    labels,
    logits: Array.from({ length: count }, (_, image) => Int32Array.from({ length: 10 }, read(image))),
  };
}
