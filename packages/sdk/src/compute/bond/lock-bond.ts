import type { MillraceError } from '@millrace/protocol';
import { iBondAbi } from '@millrace/protocol/contracts/i-bond';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { nothing } from '../../call/send-market-call.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildLockBondParameters, buildLockBond } from './build-lock-bond.ts';

export type LockBondParameters = BuildLockBondParameters & SendOptions;
export type LockBondReturnType = ComputeSent<typeof iBondAbi, undefined>;
export type LockBondErrorType = MillraceError;

/**
 * Locks free stake for a class of jobs: what the court may slash, and orders may ask for.
 *
 * @throws {@link MillraceError} `INSUFFICIENT_STAKE` with what is free; nothing is sent then.
 *
 * @example
 * ```ts
 * await lockBond(client, { bond, bondClass: toTextWord('integer'), amount })
 * ```
 */
export async function lockBond(
  client: SdkClient,
  parameters: LockBondParameters,
): Promise<LockBondReturnType> {
  const call = buildLockBond(parameters);
  return await sendComputeCall(client, iBondAbi, { ...parameters, call }, nothing);
}
