import { readFile } from 'node:fs/promises';
import type { Address, Hex } from 'viem';
import { NodeError } from '../errors.ts';
import { writeSecret } from './secret-file.ts';

/** A session as its file holds it. */
export type StoredSession = {
  readonly secret: Hex;
  readonly node: Address;
  readonly registry: Address;
  readonly chainId: number;
  /** Seconds since 1970. */
  readonly issuedAt: string;
  readonly expiry: string;
  readonly signature: Hex;
};

/**
 * The session in a file; `undefined` when there is none.
 *
 * @throws {@link NodeError} `SESSION_INVALID` when the file is damaged.
 */
export async function readSession(path: string): Promise<StoredSession | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as StoredSession;
  } catch (cause) {
    throw new NodeError(`The session key in ${path} cannot be read.`, {
      code: 'SESSION_INVALID',
      hint: 'Move it away: the node makes and certifies another.',
      details: { path },
      cause,
    });
  }
}

export async function writeSession(path: string, session: StoredSession): Promise<void> {
  await writeSecret(path, JSON.stringify(session));
}
