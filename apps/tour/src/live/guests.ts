import { worthDown } from '@millrace/protocol/market';
import { GUESTS } from '../people/accounts.ts';
import { borrowerView } from '../people/crowd.ts';
import type { Moment } from '../replay/run-replay.ts';
import type { Scene } from '../scene/scene.ts';
import type { GuestPanel } from './model.ts';

/** What those who joined in have and owe, market by market; whoever has nothing is left out. */
export function toGuests({ markets }: Scene, { snapshot }: Moment): GuestPanel[] {
  return GUESTS.flatMap(({ name, address }) =>
    markets.flatMap((market, k): GuestPanel[] => {
      const books = snapshot.markets[k];
      if (books === undefined) return [];
      const lends = worthDown(books.shares.get(address) ?? 0n, books.accrual.price);
      const { debt: owes, health } = borrowerView(address, books, market, snapshot.time);
      const pledged = market.collaterals.flatMap(({ token: { symbol, decimals } }, index) => {
        const amount = books.positions.get(address)?.collaterals[index] ?? 0n;
        return amount > 0n ? [{ symbol, decimals, amount }] : [];
      });
      if (lends === 0n && owes === 0n && pledged.length === 0) return [];
      return [
        {
          name,
          market: market.symbol,
          lends,
          owes,
          pledged,
          health: health.healthWad,
        },
      ];
    }),
  );
}
