import type { Size } from './frame.ts';

/** A terminal that is drawn on as a whole. */
export type Screen = {
  size: () => Size;
  draw: (lines: readonly string[]) => void;
  /** Gives the terminal back as it was. May be called again. */
  restore: () => void;
};

const ENTER = '\u001b[?1049h\u001b[?25l\u001b[2J';
const LEAVE = '\u001b[?25h\u001b[?1049l';
const HOME = '\u001b[H';
const CLEAR_REST_OF_LINE = '\u001b[K';
const CLEAR_BELOW = '\u001b[J';
/** The terminal shows everything between these two at once, if it can. */
const BEGIN = '\u001b[?2026h';
const END = '\u001b[?2026l';

/** @param onResize is called when the terminal has another size */
export function openScreen(stream: NodeJS.WriteStream, onResize: () => void): Screen {
  let restored = false;
  stream.write(ENTER);
  stream.on('resize', onResize);
  const restore = () => {
    if (restored) return;
    restored = true;
    process.off('exit', restore);
    stream.off('resize', onResize);
    stream.write(LEAVE);
  };
  process.on('exit', restore);
  return {
    size: () => ({ columns: stream.columns ?? 80, rows: stream.rows ?? 24 }),
    draw: (lines) => {
      const text = lines.map((line) => line + CLEAR_REST_OF_LINE).join('\r\n');
      stream.write(`${BEGIN}${HOME}${text}${CLEAR_BELOW}${END}`);
    },
    restore,
  };
}
