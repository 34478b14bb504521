import { greatest, least } from '@millrace/protocol';
import type { ChainClient } from '../chain/client.ts';

/** What is offered for gas, wei. `likely` is what will probably be paid; not `affordable`: the base fee is above the cap. */
export type Fees = {
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
  likely: bigint;
  affordable: boolean;
};

type Offer = Pick<Fees, 'maxFeePerGas' | 'maxPriorityFeePerGas'>;

/** Replacing a transaction takes at least a tenth more; an eighth is sure to be enough. */
const RAISE_NUMERATOR = 9n;
const RAISE_DENOMINATOR = 8n;

/** Fees for the next block: twice the base fee and the tip that the node suggests, never above `cap`. */
export async function getFees(client: ChainClient, baseFee: bigint, cap: bigint): Promise<Fees> {
  const suggested = await client.estimateMaxPriorityFeePerGas().catch(() => 0n);
  return capFees({ tip: suggested, baseFee, cap });
}

/** At most `cap` in total; the tip is what is left of it after the base fee. */
export function capFees({ tip, baseFee, cap }: { tip: bigint; baseFee: bigint; cap: bigint }): Fees {
  const wanted = 2n * baseFee + tip;
  const maxFeePerGas = least(wanted, cap);
  return {
    maxFeePerGas,
    maxPriorityFeePerGas: least(tip, maxFeePerGas),
    likely: least(baseFee + tip, maxFeePerGas),
    affordable: baseFee <= cap,
  };
}

/** Fees that replace `previous`, or `undefined` when the cap does not allow it. */
export function raiseFees(previous: Offer, now: Fees, cap: bigint): Offer | undefined {
  const raised = (fee: bigint) => (fee * RAISE_NUMERATOR) / RAISE_DENOMINATOR + 1n;
  const maxFeePerGas = greatest(raised(previous.maxFeePerGas), now.maxFeePerGas);
  if (maxFeePerGas > cap) return undefined;
  const tip = greatest(raised(previous.maxPriorityFeePerGas), now.maxPriorityFeePerGas);
  return { maxFeePerGas, maxPriorityFeePerGas: least(tip, maxFeePerGas) };
}
