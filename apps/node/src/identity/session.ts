import { readFile } from 'node:fs/promises';
import { greatest } from '@millrace/protocol';
import {
  certificateTypedData,
  createSessionSecret,
  MOST_SESSION_SECONDS,
  type SessionKey,
  type SignedCertificate,
  sessionKeyOf,
  signingDomain,
} from '@millrace/protocol/compute';
import type { Address, Hex, LocalAccount } from 'viem';
import { isVoid, type SessionOnChain } from '../chain/is-revoked.ts';
import { NodeError } from '../errors.ts';
import { writeSecret } from './secret-file.ts';

/** The key that speaks for a node, and what its EVM key says about it. */
export type Session = {
  readonly key: SessionKey;
  readonly secret: Hex;
  readonly certificate: SignedCertificate;
};

/** A new key is made when the old one has less than this left, seconds. */
const RENEW_SECONDS = 7n * 86_400n;
/** Others may have clocks behind ours, or count by blocks. */
const BACKDATE_SECONDS = 60n;

type Stored = { secret: Hex; node: Address; registry: Address; chainId: number } & {
  issuedAt: string;
  expiry: string;
  signature: Hex;
};

/**
 * The session of a node: the one in its file while it is good, and was not revoked on chain, else a new one, certified by the EVM key.
 *
 * @throws {@link NodeError} `SESSION_INVALID` when the file is damaged.
 */
export async function openSession(options: {
  path: string;
  account: LocalAccount;
  registry: Address;
  chainId: number;
  time: bigint;
  /** The last session key that the chain knows of the account; `undefined` when it does not answer. */
  last?: SessionOnChain | undefined;
}): Promise<Session> {
  const { path, account, registry, chainId, time, last } = options;
  const stored = await readStored(path);
  const fits =
    stored !== undefined &&
    stored.node === account.address &&
    stored.registry === registry &&
    stored.chainId === chainId;
  if (fits && BigInt(stored.expiry) > time + RENEW_SECONDS) {
    const session = sessionOf(stored);
    if (last === undefined || !isVoid(session.certificate.certificate, last)) return session;
  }
  const secret = createSessionSecret();
  const backdated = time - BACKDATE_SECONDS;
  // What was issued before a key was revoked is void with it.
  const issuedAt = last === undefined ? backdated : greatest(backdated, last.issuedAt + 1n);
  const expiry = issuedAt + MOST_SESSION_SECONDS;
  const { publicKey } = sessionKeyOf(secret);
  const domain = signingDomain('nodes', { chainId, contract: registry });
  const certificate = { node: account.address, key: publicKey, issuedAt, expiry };
  const signature = await account.signTypedData(certificateTypedData(domain, certificate));
  const fresh = { secret, node: account.address, registry, chainId, signature };
  const kept: Stored = { ...fresh, issuedAt: issuedAt.toString(), expiry: expiry.toString() };
  await writeSecret(path, JSON.stringify(kept));
  return sessionOf(kept);
}

function sessionOf({ secret, node, issuedAt, expiry, signature }: Stored): Session {
  const key = sessionKeyOf(secret);
  const certificate = { node, key: key.publicKey, issuedAt: BigInt(issuedAt), expiry: BigInt(expiry) };
  return { key, secret, certificate: { certificate, signature } };
}

async function readStored(path: string): Promise<Stored | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Stored;
  } catch (cause) {
    throw new NodeError(`The session key in ${path} cannot be read.`, {
      code: 'SESSION_INVALID',
      hint: 'Move it away: the node makes and certifies another.',
      details: { path },
      cause,
    });
  }
}
