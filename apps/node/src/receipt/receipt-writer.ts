import {
  appendReceipt,
  type ReceiptFacts,
  type ReceiptHead,
  type SessionKey,
  type SignedReceipt,
} from '@millrace/protocol/compute';
import { type Hex, hexToBytes } from 'viem';

/** Energy and carbon of a slot that works. */
export type Power = {
  readonly wattsPerSlot: number;
  /** Grams for each kilowatt-hour. */
  readonly gramsLocation: number;
  readonly gramsMarket: number;
};

type Facts = Omit<
  ReceiptFacts,
  'node' | 'endedAt' | 'microwattHours' | 'microgramsLocation' | 'microgramsMarket'
>;

/**
 * Writes the chain of receipts of a node. What it writes goes to the journal in the same turn: the order there is the order
 * here, and nobody sees a receipt before it is durable, so the chain never forks.
 */
export class ReceiptWriter {
  private head: ReceiptHead;
  private lastEnd: number;
  private readonly session: { readonly key: SessionKey };
  private readonly node: ReceiptFacts['node'];
  private readonly power: { readonly [name in keyof Power]: bigint };

  constructor(options: {
    head: ReceiptHead;
    lastEnd: number;
    /** Whose key signs; it may change. */
    session: { readonly key: SessionKey };
    node: ReceiptFacts['node'];
    power: Power;
  }) {
    this.head = options.head;
    this.lastEnd = options.lastEnd;
    this.session = options.session;
    this.node = options.node;
    const { wattsPerSlot, gramsLocation, gramsMarket } = options.power;
    this.power = {
      wattsPerSlot: milli(wattsPerSlot),
      gramsLocation: milli(gramsLocation),
      gramsMarket: milli(gramsMarket),
    };
  }

  /** @param now unix milliseconds; a clock that goes back does not take receipts back */
  write(facts: Facts, now: number): { signed: SignedReceipt; hash: Hex; at: number } {
    this.lastEnd = Math.max(this.lastEnd, now);
    const microwattHours = (this.power.wattsPerSlot * facts.microseconds) / 3_600_000n;
    const { receipt, head } = appendReceipt(this.head, {
      ...facts,
      node: this.node,
      endedAt: BigInt(Math.floor(this.lastEnd / 1_000)),
      microwattHours,
      microgramsLocation: (microwattHours * this.power.gramsLocation) / 1_000_000n,
      microgramsMarket: (microwattHours * this.power.gramsMarket) / 1_000_000n,
    });
    this.head = head;
    const { key } = this.session;
    const signature = key.sign('receipt', hexToBytes(head.previous));
    return {
      signed: { receipt, key: key.publicKey, signature },
      hash: head.previous,
      at: this.lastEnd,
    };
  }
}

/** Thousandths, as a whole number. */
function milli(value: number): bigint {
  return BigInt(Math.round(value * 1_000));
}
