import { DigitsError } from './digits-error.ts';

/** What the job has answered, an entry for each image. */
export type Digits = {
  /** 0 to 9. */
  readonly labels: Uint8Array;
  /** Ten for each image, in 1/1024; only where they were asked for. */
  readonly logits: readonly Int32Array[] | undefined;
};

/**
 * @param output of a job that `digitsJob` has made
 * @param count of images that went in
 * @throws DigitsError `DIGITS_OUTPUT_INVALID` when the bytes are no answer to so many images
 */
export function readDigits(output: Uint8Array, count: number): Digits {
  const labels = output.slice(0, count);
  const hasLogits = output.length === count * 41;
  const isAnswer = (output.length === count || hasLogits) && labels.every((label) => label < 10);
  if (!isAnswer) throw new DigitsError('DIGITS_OUTPUT_INVALID', 'The result is no answer to these images.');
  if (!hasLogits) return { labels, logits: undefined };
  const view = new DataView(output.buffer, output.byteOffset, output.byteLength);
  const logits = Array.from({ length: count }, (_, image) =>
    Int32Array.from({ length: 10 }, (_, digit) => view.getInt32(count + (image * 10 + digit) * 4, true)),
  );
  return { labels, logits };
}
