import { ComputeError, type IsSigned, type SigningDomain } from '@millrace/protocol/compute';
import {
  type Ask,
  encodeWire,
  MOST_ASK_BYTES,
  MOST_ASK_SECONDS,
  type SignedAsk,
  signedAskSchema,
  verifyAsk,
} from '@millrace/protocol/wire';
import { type IsRevoked, RevocationChecks } from '@millrace/sdk/compute';
import type { Address } from 'viem';
import { AskBook, type IsKnown } from './ask-book.ts';
import { CertificateChecks } from './certificate-checks.ts';
import { TokenBuckets } from './token-buckets.ts';

/**
 * What becomes of a message: `accept`: hold it and pass it on; `ignore`: neither, but nobody did wrong; `reject`: nobody who
 * checks would have sent it.
 */
export type Verdict = { readonly verdict: 'accept' | 'ignore' | 'reject'; readonly reason: string };

export type AskJudgeOptions = {
  /** `signingDomain('nodes', …)` */
  readonly domain: SigningDomain;
  /** Default: nodes are accounts with keys; the SDK’s `isSignedOnChain` asks contracts too. */
  readonly isSigned?: IsSigned | undefined;
  /** See {@link IsRevoked}. Default: nobody is asked, and a certificate holds until it ends. */
  readonly isRevoked?: IsRevoked | undefined;
  /** See {@link IsKnown}. Default: all are strangers to each other. */
  readonly isKnown?: IsKnown | undefined;
  /** How many nodes are held. Default: 2,048, about 10 MB. */
  readonly maxAsks?: number | undefined;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
};

/** Messages that turn out useless, by source. Useful ones cost nothing, so honest sources never come near. */
const USELESS = { perSecond: 10, burst: 300 };
/** Seconds between two asks of one node, at least. */
const LEAST_SECONDS = 2n;
/** What is over for longer than this was not late but replayed: clocks and networks are not that wrong. */
const REPLAYED_SECONDS = 300n;

const accept: Verdict = { verdict: 'accept', reason: '' };
const ignore = (reason: string): Verdict => ({ verdict: 'ignore', reason });
const reject = (reason: string): Verdict => ({ verdict: 'reject', reason });

/** Reads and checks asks from strangers, the cheapest check first, and holds those that are good. */
export class AskJudge {
  private readonly book: AskBook;
  private readonly certificates: CertificateChecks;
  private readonly revocations: RevocationChecks;
  private readonly useless = new TokenBuckets(USELESS);
  private readonly options: AskJudgeOptions;
  private readonly now: () => number;
  /** Whose asks are not held: our own. */
  self: Address | undefined;

  constructor(options: AskJudgeOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.book = new AskBook(options.maxAsks ?? 2_048, options.isKnown);
    this.revocations = new RevocationChecks(options.isRevoked ?? (async () => false), this.now);
    this.certificates = new CertificateChecks(options.isSigned, this.now);
  }

  /** Those that hold now. */
  asks(): SignedAsk[] {
    return this.book.list(this.time());
  }

  /** Whether an ask of `issuedAt` would say more of a node than what is held. */
  isNews(node: Address, issuedAt: bigint): boolean {
    const newest = this.book.newestOf(node)?.body;
    return newest === undefined || issuedAt >= newest.issuedAt + LEAST_SECONDS;
  }

  /** Decides on a message from `source`, a peer or a URL. Never throws. */
  async judge(message: Uint8Array, source: string): Promise<Verdict> {
    if (!this.useless.take(source, this.now())) return ignore('too much that is of no use');
    const verdict = await this.consider(message, source);
    if (verdict.verdict === 'accept') this.useless.giveBack(source);
    return verdict;
  }

  private async consider(message: Uint8Array, source: string): Promise<Verdict> {
    const signed = readAsk(message);
    if (typeof signed === 'string') return reject(signed);
    const problem = this.prejudge(signed.body);
    if (problem) return problem;
    const { domain } = this.options;
    const [time, isSigned] = [this.time(), this.certificates.for(source)];
    try {
      await verifyAsk(signed, { domain, time, isSigned });
      // Others may not have heard of it yet: who passes it on does no wrong.
      if (await this.revocations.isRevoked(signed.certificate.certificate))
        return ignore('its session key is revoked');
    } catch (error) {
      return judgeError(error);
    }
    // Another of the same node may have come while this one was checked.
    return this.prejudge(signed.body) ?? (this.book.put(signed, time) ? accept : ignore('the book is full'));
  }

  /** What can be told without signatures. */
  private prejudge({ chainId, node, issuedAt, expiry }: Ask): Verdict | undefined {
    if (chainId !== this.options.domain.chainId) return reject('is for another chain');
    if (expiry - issuedAt > MOST_ASK_SECONDS) return reject('holds for too long');
    const time = this.time();
    if (expiry + REPLAYED_SECONDS < time) return reject('is over for long');
    if (expiry < time) return ignore('is over');
    if (node.toLowerCase() === this.self?.toLowerCase()) return ignore('is our own');
    if (!this.isNews(node, issuedAt)) return ignore('is no newer');
    if (!this.book.hasRoomFor(node, time)) return ignore('the book is full');
    return undefined;
  }

  private time(): bigint {
    return BigInt(Math.floor(this.now() / 1_000));
  }
}

/** Only what the clock or the chain may see differently elsewhere is forgiven. */
const FORGIVEN = new Set(['ASK_EXPIRED', 'CERTIFICATE_EXPIRED', 'CERTIFICATE_FROM_FUTURE']);

function judgeError(error: unknown): Verdict {
  if (!(error instanceof ComputeError)) return ignore('cannot be checked now');
  return FORGIVEN.has(error.code) ? ignore(error.code) : reject(error.code);
}

/** A signed ask, or what is wrong with the message. */
function readAsk(message: Uint8Array): SignedAsk | string {
  if (message.length > MOST_ASK_BYTES) return 'is too long';
  const text = Buffer.from(message).toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  const read = signedAskSchema.safeParse(value);
  if (!read.success) return 'is no ask';
  // One text for one ask: otherwise blanks would make new messages of old ones, each to be passed on again.
  return encodeWire(read.data) === text ? read.data : 'is written another way';
}
