import { codeStoreAbi } from '@millrace/protocol/contracts/code-store';
import { type Address, encodeFunctionData, type Hex, parseEventLogs, size, slice } from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { transact } from '../chain/transact.ts';

/** The most one contract's code may be (EIP-170), less the leading byte that keeps it from being run. */
const MOST = 24_575;

/** Stores creation code in chunks and returns the contracts that hold them, in order. */
export async function storeCode(client: DevnetClient, codeStore: Address, code: Hex): Promise<Address[]> {
  const pointers: Address[] = [];
  for (let start = 0; start < size(code); start += MOST) {
    const chunk = slice(code, start, Math.min(start + MOST, size(code)));
    const data = encodeFunctionData({ abi: codeStoreAbi, functionName: 'store', args: [chunk] });
    const { logs } = await transact(client, { to: codeStore, data });
    for (const { args } of parseEventLogs({ abi: codeStoreAbi, logs, eventName: 'Stored' })) {
      pointers.push(args.pointer);
    }
  }
  return pointers;
}
