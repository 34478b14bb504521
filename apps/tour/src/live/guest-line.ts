import { formatHealth, formatTokens } from '@millrace/protocol';
import { shortMoney } from './figures.ts';
import type { GuestPanel } from './model.ts';
import type { Paint } from './paint.ts';

/** What somebody who joined in has and owes in one market, on one line. */
export function guestLine({ name, market, lends, owes, pledged, health }: GuestPanel, paint: Paint): string {
  const parts = [
    ...(lends > 0n ? [`lends ${shortMoney(lends, 'asset')}`] : []),
    ...pledged.map(
      ({ amount, decimals, symbol }) => `${formatTokens(amount, decimals, 'asset', symbol)} pledged`,
    ),
    ...(owes > 0n ? [`owes ${shortMoney(owes, 'debt')}`] : []),
    ...(health === undefined ? [] : [`health ${healthWords(health, paint)}`]),
  ];
  return `${paint.accent('▸')} ${paint.bold(name)} in ${market}  ${parts.join(paint.dim('  ·  '))}`;
}

function healthWords(health: bigint, paint: Paint): string {
  const tone = health < LIQUIDATED ? 'bad' : health < TIGHT ? 'poor' : 'good';
  return paint[tone](formatHealth(health));
}

const LIQUIDATED = 10n ** 18n;
const TIGHT = (12n * 10n ** 18n) / 10n;
