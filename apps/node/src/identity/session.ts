import { greatest } from '@millrace/protocol';
import {
  certificateTypedData,
  createSessionSecret,
  isCertificateRevoked,
  type LastSession,
  MOST_SESSION_SECONDS,
  type SessionKey,
  type SignedCertificate,
  sessionKeyOf,
  signingDomain,
} from '@millrace/protocol/compute';
import type { Address, Hex, LocalAccount } from 'viem';
import { readSession, type StoredSession, writeSession } from './session-file.ts';

/** A certificate that has less than this left is replaced, seconds. */
const RENEW_SECONDS = 7n * 86_400n;
/** Others may have clocks behind ours, or count by blocks. */
const BACKDATE_SECONDS = 60n;

export type SessionOptions = {
  readonly path: string;
  readonly account: LocalAccount;
  readonly registry: Address;
  readonly chainId: number;
  /** The last session key that the chain knows of the account. */
  readonly last: () => Promise<LastSession>;
};

/** The key that speaks for a node, and what its EVM key says about it. Both may change while the node runs. */
export class Session {
  private readonly options: SessionOptions;
  private stored: StoredSession;
  private speaker: SessionKey;

  private constructor(options: SessionOptions, stored: StoredSession) {
    this.options = options;
    this.stored = stored;
    this.speaker = sessionKeyOf(stored.secret);
  }

  /**
   * The session in the file, renewed if it has to be; or a new one.
   *
   * @throws {@link NodeError} `SESSION_INVALID` when the file is damaged.
   */
  static async open(options: SessionOptions): Promise<Session> {
    const { path, account, registry, chainId } = options;
    const stored = await readSession(path);
    const isOurs =
      stored?.node === account.address && stored.registry === registry && stored.chainId === chainId;
    if (!isOurs)
      return new Session(options, await certify(options, createSessionSecret(), await lastOf(options)));
    const session = new Session(options, stored);
    await session.renew();
    return session;
  }

  /** The key now. */
  get key(): SessionKey {
    return this.speaker;
  }

  get secret(): Hex {
    return this.stored.secret;
  }

  get certificate(): SignedCertificate {
    const { node, issuedAt, expiry, signature } = this.stored;
    const { publicKey: key } = this.speaker;
    return {
      certificate: { node, key, issuedAt: BigInt(issuedAt), expiry: BigInt(expiry) },
      signature,
    };
  }

  /**
   * Certifies the key anew before its certificate runs out, and takes another key when this one was revoked on chain. Says
   * which. Receipts that were signed before stay good.
   */
  async renew(): Promise<'kept' | 'certified' | 'replaced'> {
    const last = await lastOf(this.options);
    const { certificate } = this.certificate;
    if (last !== undefined && isCertificateRevoked(certificate, last)) {
      await this.take(createSessionSecret(), last);
      return 'replaced';
    }
    if (certificate.expiry > seconds() + RENEW_SECONDS) return 'kept';
    await this.take(this.secret, last);
    return 'certified';
  }

  /**
   * Takes another key, whatever there is to say of this one.
   *
   * @throws what the chain says: a certificate that it may call void is worth nothing
   */
  async replace(): Promise<void> {
    await this.take(createSessionSecret(), await this.options.last());
  }

  private async take(secret: Hex, last: LastSession | undefined): Promise<void> {
    this.stored = await certify(this.options, secret, last);
    this.speaker = sessionKeyOf(secret);
  }
}

/** A chain that does not answer is no reason not to start. */
async function lastOf({ last }: SessionOptions): Promise<LastSession | undefined> {
  return await last().catch(() => undefined);
}

/** Has the EVM key sign for a session key, and writes it down before anybody hears of it. */
async function certify(
  { path, account, registry, chainId }: SessionOptions,
  secret: Hex,
  last: LastSession | undefined,
): Promise<StoredSession> {
  // What was issued before a key was revoked is void with it.
  const issuedAt = greatest(seconds() - BACKDATE_SECONDS, (last?.issuedAt ?? 0n) + 1n);
  const expiry = issuedAt + MOST_SESSION_SECONDS;
  const domain = signingDomain('nodes', { chainId, contract: registry });
  const certificate = { node: account.address, key: sessionKeyOf(secret).publicKey, issuedAt, expiry };
  const signature = await account.signTypedData(certificateTypedData(domain, certificate));
  const place = { node: account.address, registry, chainId };
  const stored = { secret, ...place, issuedAt: `${issuedAt}`, expiry: `${expiry}`, signature };
  await writeSession(path, stored);
  return stored;
}

function seconds(): bigint {
  return BigInt(Math.floor(Date.now() / 1_000));
}
