import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { NO_ROUTE } from '@millrace/protocol/market';
import { encodeFunctionData, maxUint256 } from 'viem';
import type { Call } from '../chain/tour-chain.ts';
import { borrowerView } from '../people/crowd.ts';
import type { Scene } from '../scene/scene.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import type { Keeper } from './keeper.ts';

/** The duties of a keeper inside this process: checkpoints, and liquidations of whoever can be liquidated. */
export function createInlineKeeper(scene: Scene, latest: () => Snapshot | undefined): Keeper {
  return {
    stop: async () => {},
    pass: async () => {
      const snapshot = latest();
      if (snapshot === undefined) return { sent: 0, says: '' };
      const calls = scene.markets.flatMap((_, k) => [
        checkpoint(scene, k),
        ...liquidations(scene, snapshot, k),
      ]);
      await scene.chain.send(calls);
      return { sent: calls.length, says: 'in this process' };
    },
  };
}

function checkpoint({ markets, keeper }: Scene, k: number): Call {
  const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'checkpoint' });
  return { from: keeper, to: markets[k]?.address, data };
}

function liquidations({ markets, keeper }: Scene, { markets: views, time }: Snapshot, k: number): Call[] {
  const [market, view] = [markets[k], views[k]];
  if (market === undefined || view === undefined) return [];
  return [...view.positions.keys()].flatMap((owner) => {
    const { debt, health } = borrowerView(owner, view, market, time);
    if (debt === 0n || health.limit >= debt) return [];
    const held = view.positions.get(owner)?.collaterals.findIndex((amount) => amount > 0n) ?? -1;
    const args = [owner, BigInt(Math.max(0, held)), maxUint256, NO_ROUTE, '0x'] as const;
    const data = encodeFunctionData({ abi: iMarketAbi, functionName: 'liquidate', args });
    return [{ from: keeper, to: market.address, data }];
  });
}
