import type { ReadProgress } from '@millrace/parallel';
import type { Terminal } from '../terminal/terminal.ts';

const EVERY_MILLISECONDS = 2_000;
/** The first answer of a node takes longest: a guess from less than this share would frighten. */
const ENOUGH_TO_GUESS = 0.2;

/** Says every other second how far the reading has come, with a guess of when it ends. Nothing for what is quick. */
export function createProgress(
  terminal: Terminal,
  blocks: number,
): (blocksDone: number, within: ReadProgress) => void {
  const start = Date.now();
  let last = start;
  return (blocksDone, { block, done, total }) => {
    const now = Date.now();
    if (now - last < EVERY_MILLISECONDS) return;
    last = now;
    const part = total === 0 ? 0 : done / total;
    const share = (blocksDone + part) / blocks;
    const left =
      share > ENOUGH_TO_GUESS ? Math.round(((now - start) * (1 - share)) / share / 1000) : undefined;
    const wait = left === undefined || left === 0 ? '' : `, about ${left} s to go`;
    const where = blocks === 1 ? `transaction ${done} of ${total}` : `block ${blocksDone + 1} of ${blocks}`;
    terminal.note(`Block ${block}: ${where}${wait}`);
  };
}
