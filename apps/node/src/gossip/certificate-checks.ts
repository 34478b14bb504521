import { createHash } from 'node:crypto';
import { type IsSigned, isSignedByKey } from '@millrace/protocol/compute';
import { GossipError } from './gossip-error.ts';
import { TokenBuckets } from './token-buckets.ts';

/** A check costs milliseconds (secp256k1), or a question to the chain: as many as these, and no more. */
const EACH_SOURCE = { perSecond: 20, burst: 200 };
const ALL_SOURCES = { perSecond: 60, burst: 600 };
const REMEMBERED = 8_192;
/** A contract may have changed its mind. */
const REMEMBERED_MILLISECONDS = 600_000;

/** Checks signatures of certificates, each once, and only as many as the machine can spare. */
export class CertificateChecks {
  private readonly answers = new Map<string, { answer: Promise<boolean>; until: number }>();
  private readonly isSigned: IsSigned;
  private readonly now: () => number;
  private readonly bySource = new TokenBuckets(EACH_SOURCE);
  private readonly inAll = new TokenBuckets(ALL_SOURCES);

  constructor(isSigned: IsSigned = isSignedByKey, now: () => number = Date.now) {
    this.isSigned = isSigned;
    this.now = now;
  }

  /** An `IsSigned` for what came from `source`; throws `GOSSIP_BUSY`, which says nothing about the certificate. */
  for(source: string): IsSigned {
    return async (signer, digest, signature) => {
      // A signature may be long: what is remembered is not.
      const key = createHash('sha256').update(`${signer}${digest}${signature}`).digest('base64');
      const known = this.answers.get(key);
      if (known && known.until > this.now()) return known.answer;
      if (!this.bySource.take(source, this.now()) || !this.inAll.take('', this.now()))
        throw new GossipError('Too many certificates to check.', { code: 'GOSSIP_BUSY', retryable: true });
      const answer = this.isSigned(signer, digest, signature);
      this.remember(key, answer);
      return answer;
    };
  }

  private remember(key: string, answer: Promise<boolean>): void {
    this.answers.delete(key);
    this.answers.set(key, { answer, until: this.now() + REMEMBERED_MILLISECONDS });
    // That the chain did not answer is nothing to remember.
    answer.catch(() => this.answers.delete(key));
    const [oldest] = this.answers.keys();
    if (oldest !== undefined && this.answers.size > REMEMBERED) this.answers.delete(oldest);
  }
}
