import { formatHealth, WAD } from '@millrace/protocol';
import type { Position } from '@millrace/sdk';
import type { Colors } from '../terminal/colors.ts';

const SAFE = (WAD * 3n) / 2n;
const CLOSE = (WAD * 11n) / 10n;

/** Wad; `undefined` when it is not known, since something that is held has no price. */
export function knownHealth(position: Position): Position['healthWad'] | undefined {
  const { debt, collaterals, healthWad } = position;
  return debt > 0n && collaterals.some(({ amount, ask }) => amount > 0n && ask === 0n)
    ? undefined
    : healthWad;
}

/** Health for people, in a warning colour when it is close to 1. */
export function paintHealth(position: Position, colors: Colors): string {
  const health = knownHealth(position);
  const text = formatHealth(health);
  if (health === undefined || health === 'infinite') return text;
  if (health < CLOSE) return colors.red(text);
  return health < SAFE ? colors.yellow(text) : colors.green(text);
}

/** Health for programs: wad, null without debt or when it is not known. */
export function healthData(position: Position): bigint | null {
  const health = knownHealth(position);
  return typeof health === 'bigint' ? health : null;
}
