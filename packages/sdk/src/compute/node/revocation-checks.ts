import type { Certificate } from '@millrace/protocol/compute';
import type { IsRevoked } from './is-revoked-on-chain.ts';

const REMEMBERED = 8_192;
/** So long may a key that was revoked still be heard. */
const REMEMBERED_MILLISECONDS = 600_000;

/**
 * Asks the chain whether session keys were revoked: each now and then. Only for certificates that are signed, so as often as
 * those are checked, and no more.
 */
export class RevocationChecks {
  private readonly answers = new Map<string, { answer: Promise<boolean>; until: number }>();
  private readonly ask: IsRevoked;
  private readonly now: () => number;

  constructor(ask: IsRevoked, now: () => number = Date.now) {
    this.ask = ask;
    this.now = now;
  }

  /**
   * As the chain last said, where it does not answer now.
   *
   * @throws what `ask` throws: then nothing is known of the certificate
   */
  async isRevoked(certificate: Certificate): Promise<boolean> {
    const { node, key, issuedAt } = certificate;
    const name = `${node} ${key} ${issuedAt}`;
    const known = this.answers.get(name);
    if (known !== undefined && known.until > this.now()) return known.answer;
    const answer = this.ask(certificate).catch((error: unknown) => {
      if (known !== undefined) return known.answer;
      this.answers.delete(name);
      throw error;
    });
    this.remember(name, answer);
    return answer;
  }

  private remember(name: string, answer: Promise<boolean>): void {
    this.answers.delete(name);
    this.answers.set(name, { answer, until: this.now() + REMEMBERED_MILLISECONDS });
    const [oldest] = this.answers.keys();
    if (oldest !== undefined && this.answers.size > REMEMBERED) this.answers.delete(oldest);
  }
}
