/** A stretch of speech, seconds from the beginning. */
export type Segment = { readonly start: number; readonly end: number };

/** When a frame counts as speech, and what is too short to count; as Silero recommends. */
export type SegmentOptions = {
  /** Speech begins at this probability. Default: 0.5. */
  readonly begin?: number;
  /** Speech goes on down to this one. Default: 0.35. */
  readonly goOn?: number;
  /** A pause this long ends a stretch, seconds. Default: 0.1. */
  readonly pause?: number;
  /** A stretch shorter than this is a click, seconds. Default: 0.25. */
  readonly shortest?: number;
};

/**
 * Where somebody speaks.
 *
 * @param probabilities of each frame
 * @param rate frames a second
 */
export function speechSegments(
  probabilities: ArrayLike<number>,
  rate: number,
  { begin = 0.5, goOn = 0.35, pause = 0.1, shortest = 0.25 }: SegmentOptions = {},
): Segment[] {
  const segments: Segment[] = [];
  let start: number | undefined;
  let end = 0;
  const close = () => {
    const segment = { start: (start as number) / rate, end: end / rate };
    if (segment.end - segment.start >= shortest) segments.push(segment);
    start = undefined;
  };
  for (let frame = 0; frame < probabilities.length; frame++) {
    const probability = probabilities[frame] as number;
    if (probability >= begin) start ??= frame;
    if (start === undefined) continue;
    if (probability >= goOn) end = frame + 1;
    else if ((frame + 1 - end) / rate >= pause) close();
  }
  if (start !== undefined) close();
  return segments;
}
