import {
  type Abi,
  type Hash,
  isAddressEqual,
  type ParseEventLogsReturnType,
  parseEventLogs,
  type TransactionReceipt,
} from 'viem';
import type { SdkClient } from '../../call/client.ts';
import { type SendCallParameters, sendCall } from '../../call/send-call.ts';

/** What a contract has told in a transaction. */
export type ComputeEvents<abi extends Abi> = ParseEventLogsReturnType<abi, undefined, true>;

/** A transaction that was mined. `events` are the contract’s, `result` is what it came to. */
export type ComputeSent<abi extends Abi, Result = undefined> = {
  hash: Hash;
  receipt: TransactionReceipt;
  events: ComputeEvents<abi>;
  result: Result;
};

/** Sends a call to a compute contract; `decode` reads what it came to from its events. */
export async function sendComputeCall<const abi extends Abi, Result>(
  client: SdkClient,
  abi: abi,
  parameters: SendCallParameters,
  decode: (events: ComputeEvents<abi>) => Result,
): Promise<ComputeSent<abi, Result>> {
  const { hash, receipt } = await sendCall(client, parameters);
  const own = receipt.logs.filter(({ address }) => isAddressEqual(address, parameters.call.to));
  const events: ComputeEvents<abi> = parseEventLogs<abi, true>({ abi, logs: own });
  return { hash, receipt, events, result: decode(events) };
}
