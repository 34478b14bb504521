import type { Address } from 'viem';
import type { IsKnown } from './ask-book.ts';

/** What is asked of the chain is bounded, however many names strangers invent. */
const AT_ONCE = 16;
const WAITING = 1_024;
const REMEMBERED = 8_192;
/** Between two rounds of questions. */
const ROUND_MILLISECONDS = 1_000;
/** Nodes register, and retire. */
const REMEMBERED_MILLISECONDS = 600_000;

/** Which nodes are registered, as far as the chain has been asked: a node is known a moment after it was first heard of. */
export class KnownNodes {
  private readonly answers = new Map<Address, { isRegistered: boolean; until: number }>();
  private readonly waiting = new Set<Address>();
  private readonly isRegistered: (node: Address) => Promise<boolean>;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(isRegistered: (node: Address) => Promise<boolean>) {
    this.isRegistered = isRegistered;
  }

  /** Asks the chain later when it does not know, or knows for long. */
  readonly isKnown: IsKnown = (node) => {
    const answer = this.answers.get(node);
    if (answer === undefined || answer.until < Date.now()) this.want(node);
    return answer?.isRegistered ?? false;
  };

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
  }

  private want(node: Address): void {
    if (this.isClosed || this.waiting.size >= WAITING) return;
    this.waiting.add(node);
    this.timer ??= setTimeout(() => void this.round(), ROUND_MILLISECONDS).unref();
  }

  private async round(): Promise<void> {
    const nodes = [...this.waiting].slice(0, AT_ONCE);
    await Promise.all(nodes.map((node) => this.look(node)));
    this.timer = undefined;
    const [next] = this.waiting;
    if (next !== undefined) this.want(next);
  }

  private async look(node: Address): Promise<void> {
    this.waiting.delete(node);
    try {
      const isRegistered = await this.isRegistered(node);
      this.answers.delete(node);
      this.answers.set(node, { isRegistered, until: Date.now() + REMEMBERED_MILLISECONDS });
    } catch {
      // The chain does not answer: the node will be heard of again.
    }
    const [oldest] = this.answers.keys();
    if (oldest !== undefined && this.answers.size > REMEMBERED) this.answers.delete(oldest);
  }
}
