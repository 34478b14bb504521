import type { MillraceError } from '@millrace/protocol';
import type { Account, Address, Hash, Hex, TransactionReceipt } from 'viem';
import { estimateGas, waitForTransactionReceipt } from 'viem/actions';
import { broadcast } from './broadcast.ts';
import type { Call } from './call.ts';
import type { SdkClient } from './client.ts';
import { decoding } from './decoding.ts';
import type { Payment } from './explaining.ts';
import { requireAccount } from './require-account.ts';
import { requireChain } from './require-chain.ts';
import { requireSuccess } from './require-success.ts';
import { simulateCall } from './simulate-call.ts';

export type SendOptions = {
  /** Who signs and sends. Default: the client's account. */
  account?: Account | Address | undefined;
  /** Gas limit. Default: the estimate and a quarter more, as others act in between. */
  gas?: bigint | undefined;
  nonce?: number | undefined;
  /** Blocks to wait for. Default: 1. */
  confirmations?: number | undefined;
  /** How long to wait for them. Default: 60 seconds. */
  timeoutMilliseconds?: number | undefined;
  /** Told the hash before it is sent, so that whoever is interrupted knows what may be mined; by a wallet, once it has sent it. */
  onHash?: ((hash: Hash) => void) | undefined;
};

export type SendCallParameters = SendOptions & { call: Call; payment?: Payment | undefined };
/** `output` is what the call returned when it was simulated. */
export type SendCallReturnType = { hash: Hash; receipt: TransactionReceipt; output: Hex };
export type SendCallErrorType = MillraceError;

/**
 * Simulates a call, sends it, and waits until it is mined. Nothing is sent when the simulation fails.
 *
 * @throws {@link MillraceError} why it was refused, not sent, or not mined; `NOT_MINED_YET` when it may still be.
 */
export async function sendCall(
  client: SdkClient,
  parameters: SendCallParameters,
): Promise<SendCallReturnType> {
  const { call, payment, gas, nonce, confirmations = 1, timeoutMilliseconds = 60_000 } = parameters;
  const account = requireAccount(client, parameters.account);
  await decoding(() => requireChain(client));
  const output = await simulateCall(client, { call, account, payment });
  const hash = await decoding(async () => {
    const limit = gas ?? withMargin(await estimateGas(client, { ...call, account }));
    // The chain was checked above.
    return await broadcast(client, { call, account, gas: limit, nonce, onHash: parameters.onHash ?? ignore });
  });
  const receipt = await decoding(() =>
    waitForTransactionReceipt(client, { hash, confirmations, timeout: timeoutMilliseconds }),
  );
  await requireSuccess(client, { call, account, receipt });
  return { hash, receipt, output };
}

function ignore(): void {
  // Nobody has asked.
}

function withMargin(estimate: bigint): bigint {
  return (estimate * 5n) / 4n;
}
