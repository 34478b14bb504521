import type { Call } from '../chain/tour-chain.ts';
import type { Act } from '../people/crowd.ts';
import { borrow, mint, pledge, repay, spread, supply, withdraw } from './calls.ts';
import type { Scene } from './scene.ts';

/** The transactions of what somebody does. What they bring into the market they bring from outside: it is minted. */
export function toCalls({ markets }: Pick<Scene, 'markets'>, { who, market: k, deed }: Act): Call[] {
  const market = markets[k];
  if (market === undefined) return [];
  const { address, asset, stripes } = market;
  switch (deed.kind) {
    case 'supply':
      return [mint(asset.address, who, deed.amount), supply(address, who, deed.amount, spread(who, stripes))];
    case 'withdraw':
      return [withdraw(address, who, deed.amount)];
    case 'repay':
      return [mint(asset.address, who, deed.amount), repay(address, who, deed.amount)];
    case 'borrow':
      return [borrow(address, who, deed.amount)];
    case 'open': {
      const token = market.collaterals[0]?.token.address;
      if (token === undefined) return [];
      const first = pledge(address, who, 0, deed.pledged, spread(who, stripes));
      return [mint(token, who, deed.pledged), first, borrow(address, who, deed.amount)];
    }
    case 'pledge': {
      const token = market.collaterals[deed.collateral]?.token.address;
      if (token === undefined) return [];
      const call = pledge(address, who, deed.collateral, deed.amount, spread(who, stripes));
      return [mint(token, who, deed.amount), call];
    }
  }
}
