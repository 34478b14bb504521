import type { SignedAsk } from '@millrace/protocol/wire';
import type { Address } from 'viem';

/** Whether a node is one of those that an unknown may not crowd out; one that is registered on chain, say. */
export type IsKnown = (node: Address) => boolean;

/** The newest ask of each node that holds: a bounded number of them. Knows nothing of signatures. */
export class AskBook {
  private readonly held = new Map<Address, SignedAsk>();
  private readonly most: number;
  private readonly isKnown: IsKnown;

  constructor(most: number, isKnown: IsKnown = () => false) {
    this.most = most;
    this.isKnown = isKnown;
  }

  /** The newest that is held of a node. */
  newestOf(node: Address): SignedAsk | undefined {
    return this.held.get(node);
  }

  /** Whether there would be room for an ask of this node. */
  hasRoomFor(node: Address, time: bigint): boolean {
    if (this.held.has(node) || this.held.size < this.most) return true;
    this.sweep(time);
    return this.held.size < this.most || (this.isKnown(node) && this.leastUnknown() !== undefined);
  }

  /** Holds an ask, in place of an older one of its node. A known node pushes an unknown one out of a full book. */
  put(signed: SignedAsk, time: bigint): boolean {
    const { node } = signed.body;
    if (!this.hasRoomFor(node, time)) return false;
    if (!this.held.has(node) && this.held.size >= this.most) this.held.delete(this.leastUnknown() as Address);
    this.held.set(node, signed);
    return true;
  }

  /** Those that hold at `time`, seconds since 1970; the others are dropped. */
  list(time: bigint): SignedAsk[] {
    this.sweep(time);
    return [...this.held.values()];
  }

  private sweep(time: bigint): void {
    for (const [node, { body }] of this.held) if (body.expiry < time) this.held.delete(node);
  }

  /** The unknown one that ends first. */
  private leastUnknown(): Address | undefined {
    let least: SignedAsk | undefined;
    for (const [node, signed] of this.held) {
      if (this.isKnown(node)) continue;
      if (least === undefined || signed.body.expiry < least.body.expiry) least = signed;
    }
    return least?.body.node;
  }
}
