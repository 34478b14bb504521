import { type Account, type Hash, keccak256 } from 'viem';
import { getTransaction, sendTransaction } from 'viem/actions';
import type { Call } from './call.ts';
import type { SdkClient } from './client.ts';

export type BroadcastParameters = {
  readonly call: Call;
  readonly account: Account;
  readonly gas: bigint;
  readonly nonce: number | undefined;
  /** Told the hash before it leaves; by a wallet, which signs and sends in one, after that. */
  readonly onHash: (hash: Hash) => void;
};

/**
 * Signs a transaction and sends it. A node that takes it and then fails to say so has taken it: asked again, it would call it known,
 * or its nonce used, and whoever believes that sends the money twice.
 */
export async function broadcast(client: SdkClient, parameters: BroadcastParameters): Promise<Hash> {
  const { call, account, gas, nonce, onHash } = parameters;
  let told: Hash | undefined;
  const tell = (hash: Hash): void => {
    if (hash !== told) onHash(hash);
    told = hash;
  };
  const optional = nonce === undefined ? {} : { nonce };
  const request = { ...call, gas, chain: null, ...optional };
  try {
    const hash = await sendTransaction(client, { ...request, account: tellingHash(account, tell) });
    tell(hash);
    return hash;
  } catch (error) {
    if (told !== undefined && (await isKnown(client, told))) return told;
    throw error;
  }
}

/** The same account; once it has signed a transaction, `tell` knows its hash. */
function tellingHash(account: Account, tell: (hash: Hash) => void): Account {
  if (account.type !== 'local') return account;
  const signTransaction: typeof account.signTransaction = async (...parameters) => {
    const signed = await account.signTransaction(...parameters);
    tell(keccak256(signed));
    return signed;
  };
  return { ...account, signTransaction };
}

async function isKnown(client: SdkClient, hash: Hash): Promise<boolean> {
  return await getTransaction(client, { hash }).then(
    () => true,
    () => false,
  );
}
