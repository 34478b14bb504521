import type { Position } from '@millrace/sdk';

/** For sorting: the least healthy first; without debt last. */
export function byHealth({ healthWad: a }: Position, { healthWad: b }: Position): number {
  if (a === b) return 0;
  if (a === 'infinite') return 1;
  return b === 'infinite' || a < b ? -1 : 1;
}
