import type { Address, Hex } from 'viem';
import type { Change } from '../../access/block-access.ts';
import { accountKey } from '../../access/state-key.ts';
import type { BlockHead, TransactionHead } from '../answer/read-block-head.ts';
import type { Changes } from '../machine/compose-access.ts';
import type { Rpc } from '../rpc.ts';
import { readAuthorizations } from './authorizations.ts';
import { readState } from './read-state.ts';

/**
 * Adds the code that accounts got by delegating (EIP-7702) to what the transactions of a block changed: anvil and reth
 * leave it out of their differences. An authorization took effect if the nonce that it is for was taken.
 *
 * @param changes of each transaction, in order
 */
export async function addDelegations(
  rpc: Rpc,
  block: BlockHead,
  changes: readonly Changes[],
  signal?: AbortSignal,
): Promise<Changes[]> {
  const codes = new Map<Address, Hex>();
  const added: Changes[] = [];
  for (const [i, head] of block.transactions.entries()) {
    const more = new Map(changes[i] ?? []);
    for (const { authority, nonce, code } of await readAuthorizations(head.raw)) {
      const key = accountKey(authority, 'code');
      if (changes[i]?.has(key) || !took(more.get(accountKey(authority, 'nonce')), nonce, head, authority))
        continue;
      const first = more.get(key)?.before;
      const before = first ?? codes.get(authority) ?? (await readState(rpc, key, block.number - 1n, signal));
      if (before === code) more.delete(key);
      else more.set(key, { before, after: code });
      codes.set(authority, code);
    }
    added.push(more);
  }
  return added;
}

/** The sender's own nonce is taken before those of authorizations. */
function took(
  change: Change | undefined,
  nonce: bigint,
  { from }: TransactionHead,
  authority: Address,
): boolean {
  if (!change) return false;
  const first = BigInt(change.before) + (authority === from ? 1n : 0n);
  return first <= nonce && nonce < BigInt(change.after);
}
