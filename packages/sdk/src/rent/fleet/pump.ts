import { soon } from '../channel/soon.ts';

/** Jobs that can be placed are placed together: a request for each would cost more than the jobs. */
const PUMP_MILLISECONDS = 15;

/**
 * Asks for something as often as it is wanted, and has it once: at the end of the turn, or while there is much to do a moment
 * after the last time.
 */
export function createPump({
  isBusy,
  pump,
  signal,
}: {
  readonly isBusy: () => boolean;
  readonly pump: () => void;
  readonly signal: AbortSignal;
}): () => void {
  let [isAsked, pumpedAt] = [false, 0];
  const run = (): void => {
    isAsked = false;
    pumpedAt = Date.now();
    if (!signal.aborted) pump();
  };
  return () => {
    if (isAsked || signal.aborted) return;
    isAsked = true;
    const pause = isBusy() ? pumpedAt + PUMP_MILLISECONDS - Date.now() : 0;
    if (pause > 0) setTimeout(run, pause);
    else soon(run);
  };
}
