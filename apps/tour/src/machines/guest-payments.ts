import { formatTokens } from '@millrace/protocol';
import type { Address } from 'viem';
import { guestAt } from '../people/accounts.ts';
import type { MachineNews } from './machine-panel.ts';

/** What each payer of a machine has signed, base units of the dollar. */
type Signed = ReadonlyMap<Address, bigint>;

/** What those who joined in have signed for a machine since it was last asked. */
export function tellPayments(machine: string, before: Signed, after: Signed): MachineNews[] {
  return [...after].flatMap(([payer, signed]): MachineNews[] => {
    const more = signed - (before.get(payer) ?? 0n);
    const guest = guestAt(payer)?.name;
    if (guest === undefined || more <= 0n) return [];
    return [
      { tone: 'accent', text: `${guest} pays the ${machine} ${formatTokens(more, 6, 'debt', 'USDC')}` },
    ];
  });
}
