import type { Hex } from 'viem';
import { parseStateKey, type StateKey } from '../../access/state-key.ts';
import { asBytes, asQuantity, toHexNumber } from '../answer/fields.ts';
import { toTag } from '../answer/read-block-head.ts';
import type { Rpc } from '../rpc.ts';

/** What is at a key after a block, in the form of a `Change`. */
export async function readState(rpc: Rpc, key: StateKey, block: bigint, signal?: AbortSignal): Promise<Hex> {
  const parts = parseStateKey(key);
  const tag = toTag(block);
  const ask = (method: string, ...params: string[]) =>
    rpc.request(method, [parts.address, ...params, tag], signal);
  switch (parts.field) {
    case 'storage': {
      const slot = `0x${parts.slot.toString(16).padStart(64, '0')}`;
      return toHexNumber(asQuantity(await ask('eth_getStorageAt', slot), 'a slot'));
    }
    case 'balance':
      return toHexNumber(asQuantity(await ask('eth_getBalance'), 'a balance'));
    case 'nonce':
      return toHexNumber(asQuantity(await ask('eth_getTransactionCount'), 'a nonce'));
    default:
      return asBytes(await ask('eth_getCode'), 'a code');
  }
}
