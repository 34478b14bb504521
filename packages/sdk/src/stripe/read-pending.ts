import { iMarketAbi } from '@millrace/protocol/contracts/i-market';
import { type Address, decodeFunctionData, type Hex } from 'viem';
import { decodeRoute } from '../route/route.ts';
import type { PlannedOperation } from './operation.ts';

/** An operation of a transaction that is not mined yet, and the tills it names, if any. */
export type Pending = { operation: PlannedOperation; tills: readonly number[] };

/**
 * The operations in the calldata of a transaction to a market; empty when it is something else.
 *
 * @param sender whose position it is when the call does not say
 */
export function readPending(data: Hex, sender?: Address): Pending[] {
  let call: ReturnType<typeof decodeFunctionData<typeof iMarketAbi>>;
  try {
    call = decodeFunctionData({ abi: iMarketAbi, data });
  } catch {
    return [];
  }
  switch (call.functionName) {
    case 'multicall':
      return call.args[0].flatMap((each) => readPending(each, sender));
    case 'deposit':
      return [pending('supply', call.args[1], call.args[0])];
    case 'supply':
      return [pending('supply', call.args[1], call.args[0], call.args[2])];
    case 'repay':
      return [pending('repay', call.args[1], call.args[0], call.args[2])];
    case 'withdraw':
    case 'redeem':
      return [pending('withdraw', call.args[2], call.args[0], call.args[3])];
    case 'borrow':
      return [pending('borrow', call.args[2], call.args[0], call.args[3])];
    case 'supplyCollateral': {
      const [index, amount, owner = sender, route] = call.args;
      return owner ? [pending('supplyCollateral', owner, amount, route, index)] : [];
    }
    case 'withdrawCollateral':
      return [pending('withdrawCollateral', call.args[3], call.args[1], call.args[4], call.args[0])];
    default:
      return [];
  }
}

function pending(
  kind: PlannedOperation['kind'],
  owner: Address,
  amount: bigint,
  route = 0n,
  collateral?: bigint,
): Pending {
  const index = collateral === undefined ? {} : { collateral: Number(collateral) };
  return { operation: { kind, owner, amount, ...index }, tills: decodeRoute(route).tills };
}
