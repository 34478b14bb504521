import { greater } from '../amounts.ts';

const LEVELS = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One character for each value, as high as its share of the highest; what is not zero never vanishes. */
export function sparks(values: readonly bigint[]): string {
  const most = values.reduce(greater, 0n);
  return values.map((value) => sparkOf(value, most)).join('');
}

function sparkOf(value: bigint, most: bigint): string {
  if (value <= 0n || most === 0n) return LEVELS[0];
  const level = (value * 8n + most - 1n) / most;
  return LEVELS[Number(level)] ?? LEVELS[8];
}

/** Sums of neighbours, so that no more than `width` values remain. */
export function squeeze(values: readonly bigint[], width: number): bigint[] {
  if (width < 1) return [];
  const each = Math.max(1, Math.ceil(values.length / width));
  return Array.from({ length: Math.ceil(values.length / each) }, (_, k) =>
    values.slice(k * each, (k + 1) * each).reduce((sum, value) => sum + value, 0n),
  );
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;

/** A bar of `share` (0 to 1) of `width` columns, in eighths of a column. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}
