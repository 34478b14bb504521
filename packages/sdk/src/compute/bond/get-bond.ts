import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { Address, Hex } from 'viem';
import { readContract } from 'viem/actions';
import type { SdkClient } from '../../call/client.ts';
import { decoding } from '../../call/decoding.ts';

export type GetBondParameters = {
  /** The `Bond`. */
  bond: Address;
  node: Address;
  /** The class of jobs to tell the lock of. Default: none. */
  bondClass?: Hex | undefined;
};
/** Base units of the bond’s token. */
export type NodeBond = {
  /** Everything. */
  readonly staked: bigint;
  /** Of it, what is locked for any class or on its way out. */
  readonly locked: bigint;
  /** What can leave at once. */
  readonly free: bigint;
  /** The lock of the class that was asked for. */
  readonly lock:
    | {
        /** What stands for the class. */
        readonly amount: bigint;
        /** What can be slashed until it has left. */
        readonly leaving: bigint;
        /** Seconds since 1970; `undefined` when nothing is leaving. */
        readonly leavesAt: bigint | undefined;
      }
    | undefined;
};
export type GetBondReturnType = NodeBond;
export type GetBondErrorType = MillraceError;

/**
 * What a node has at stake.
 *
 * @example
 * ```ts
 * const { free, lock } = await getBond(client, { bond, node, bondClass })
 * ```
 */
export async function getBond(
  client: SdkClient,
  { bond, node, bondClass }: GetBondParameters,
): Promise<GetBondReturnType> {
  const contract = { address: bond, abi: iBondAbi } as const;
  const [stake, lock] = await decoding(() =>
    Promise.all([
      readContract(client, { ...contract, functionName: 'stakeOf', args: [node] }),
      bondClass && readContract(client, { ...contract, functionName: 'lockOf', args: [node, bondClass] }),
    ]),
  );
  const { staked, locked } = stake;
  const leavesAt = lock === undefined || lock.leavesAt === 0 ? undefined : BigInt(lock.leavesAt);
  return { staked, locked, free: staked - locked, lock: lock && { ...lock, leavesAt } };
}
