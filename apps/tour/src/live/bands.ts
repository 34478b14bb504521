import { WAD } from '@millrace/protocol';
import type { Band } from './model.ts';
import type { Tone } from './paint.ts';

/** Upper bounds of health in hundredths; the last band has none. */
const BANDS: readonly { below: bigint | undefined; label: string; tone: Tone }[] = [
  { below: 100n, label: 'below 1.00', tone: 'bad' },
  { below: 110n, label: '1.00–1.10', tone: 'poor' },
  { below: 125n, label: '1.10–1.25', tone: 'fair' },
  { below: 150n, label: '1.25–1.50', tone: 'good' },
  { below: 200n, label: '1.50–2.00', tone: 'good' },
  { below: undefined, label: '2.00 and up', tone: 'good' },
];

/** A borrower as the bands see them: health wad, debt base units. */
export type Borrowing = { health: bigint | undefined; debt: bigint };

/** How many borrowers are in each band of health, and what they owe together. Who owes nothing is in none. */
export function toBands(borrowings: readonly Borrowing[]): Band[] {
  const bands = BANDS.map(({ label, tone }) => ({ label, tone, count: 0, debt: 0n }));
  for (const { health, debt } of borrowings) {
    if (health === undefined) continue;
    const k = BANDS.findIndex(({ below }) => below === undefined || health * 100n < below * WAD);
    const band = bands[k];
    if (band === undefined) continue;
    band.count += 1;
    band.debt += debt;
  }
  return bands;
}
