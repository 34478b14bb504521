/** Dots of a braille character, by column and row (Unicode: dots 1–8). */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const BLANK = 0x2800;

/** A line through some values: `steps` is how many there will be; those to come are left empty. */
export type ChartInput = {
  values: readonly number[];
  steps: number;
  columns: number;
  rows: number;
  /** Values that are on the chart in any case. */
  within: readonly [low: number, high: number];
};

/** What a chart is drawn on: its rows of braille, and the lowest and highest value. */
export type Chart = { rows: string[]; low: number; high: number };

/** Draws with two by four dots in each character; neighbours are joined by vertical strokes. */
export function drawChart({ values, steps, columns, rows, within }: ChartInput): Chart {
  const [low, high] = [Math.min(...values, within[0]), Math.max(...values, within[1])];
  const cells = Array.from({ length: rows }, () => new Uint8Array(columns));
  const height = rows * 4;
  const toDot = (value: number) => Math.round(((high - value) / (high - low || 1)) * (height - 1));
  let last: number | undefined;
  for (let x = 0; x < columns * 2; x++) {
    const index = Math.floor((x * (steps - 1)) / (columns * 2 - 1));
    const from = Math.floor(((x - 1) * (steps - 1)) / (columns * 2 - 1)) + 1;
    const seen = values.slice(Math.max(0, Math.min(from, index)), index + 1);
    if (seen.length === 0 || index >= values.length) break;
    const dots = seen.map(toDot);
    if (last !== undefined) dots.push(last);
    for (let y = Math.min(...dots); y <= Math.max(...dots); y++) {
      const row = cells[Math.floor(y / 4)];
      const column = Math.floor(x / 2);
      if (row) row[column] = (row[column] ?? 0) | (DOTS[x % 2 === 0 ? 0 : 1][y % 4] ?? 0);
    }
    last = toDot(seen.at(-1) ?? 0);
  }
  const text = cells.map((row) =>
    [...row].map((dots) => (dots === 0 ? ' ' : String.fromCharCode(BLANK + dots))).join(''),
  );
  return { rows: text, low, high };
}
