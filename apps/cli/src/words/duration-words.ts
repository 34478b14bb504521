import { UsageError } from '../usage-error.ts';

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads `90s`, `15m`, `2h` or `1d`; a bare number is seconds.
 *
 * @throws {@link UsageError} `INVALID_DURATION`.
 */
export function readSeconds(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text.trim()) ?? [];
  const seconds = Math.round(Number(number) * (SECONDS[unit || 's'] ?? 1));
  if (number !== undefined && seconds > 0) return seconds;
  throw new UsageError(
    `“${text}” is no span of time.`,
    'INVALID_DURATION',
    'Write it like 30s, 15m, 2h or 1d.',
  );
}
