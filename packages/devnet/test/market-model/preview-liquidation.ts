import type { lensAbi } from '@millrace/protocol/contracts/lens';
import { liquidate, type MarketState } from '@millrace/protocol/market';
import { type Address, type ContractFunctionReturnType, maxUint256 } from 'viem';

type Preview = ContractFunctionReturnType<typeof lensAbi, 'view', 'previewLiquidation'>;

/** What matters of the Lens's answer: whether anything may be done, and what it would come to. */
export function summarise({ liquidatable, viable, closeOut, repay, seized }: Preview): unknown {
  if (!liquidatable) return 'not liquidatable';
  return viable ? { closeOut, repay, seized } : 'not viable';
}

/** The same by doing it in the model. */
export function liquidated(
  state: MarketState,
  owner: Address,
  index: number,
  liquidator: Address,
  time: bigint,
) {
  const args = { owner, index, maxRepay: maxUint256 };
  const outcome = liquidate(state, { sender: liquidator, time }, args);
  if (outcome.ok) {
    const { closeOut, repaid, seized } = outcome.result;
    return { closeOut, repay: repaid, seized };
  }
  const isOut = ['NoDebt', 'Healthy', 'PriceUnavailable'].includes(outcome.refusal.name);
  return isOut ? 'not liquidatable' : 'not viable';
}
