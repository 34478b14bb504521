import type { SerializedMillraceError } from '@millrace/protocol';
import type { JobSpecJson, ReceiptFrontier } from '@millrace/protocol/compute';
import type { Address, Hex } from 'viem';
import type { Experience, NodeMemory } from '../memory/node-memory.ts';

/** Amounts are decimal strings and times milliseconds since 1970, so that JSON can carry every record. */
type Decimal = string;

/** A signed wire message as text (`encodeWire`): it is sent again exactly as it came. */
type WireText = string;

/** The receipts of a channel so far: their tree, the work in them, and the last of them. */
export type SettledFacts = {
  readonly frontier: ReceiptFrontier;
  readonly work: { readonly fuel: Decimal; readonly microseconds: Decimal; readonly jobs: Decimal };
  readonly last?: { readonly sequence: Decimal; readonly hash: Hex; readonly endedAt: Decimal } | undefined;
};

/** What a renter must not forget. Each is durable before what it tells of leaves the machine. */
export type RentRecord =
  /** The session key that signs requests; never money. `certificate` is wire text. */
  | { readonly type: 'session'; readonly secret: Hex; readonly certificate: WireText }
  /** A deposit is about to be sent. */
  | {
      readonly type: 'channel';
      readonly id: Hex;
      readonly payer: Address;
      readonly payee: Address;
      readonly token: Address;
      readonly salt: Decimal;
      readonly endpoint: string;
      readonly quote: WireText;
      readonly at: number;
    }
  /** All that was ever deposited, as the chain says. */
  | { readonly type: 'deposit'; readonly channel: Hex; readonly deposit: Decimal }
  /** The price of a channel, signed by its node. */
  | { readonly type: 'terms'; readonly channel: Hex; readonly terms: WireText }
  /** A voucher is about to be signed; and what was counted and verified until then, to go on from after a restart. */
  | {
      readonly type: 'voucher';
      readonly channel: Hex;
      readonly total: Decimal;
      readonly receiptsRoot: Hex;
      readonly settled: SettledFacts;
    }
  /** No more work is given to it. */
  | { readonly type: 'channel-over'; readonly channel: Hex; readonly why: 'closing' | 'closed' | 'dishonest' }
  /** A job was taken on. */
  | {
      readonly type: 'job';
      readonly id: string;
      readonly spec: JobSpecJson;
      readonly deadline: number;
      readonly label?: string | undefined;
      readonly at: number;
    }
  /** A job is about to be given to a node. */
  | {
      readonly type: 'attempt';
      readonly job: string;
      readonly channel: Hex;
      readonly nonce: Hex;
      readonly at: number;
      readonly resume?: { readonly checkpoint: string; readonly fuel: Decimal } | undefined;
    }
  /** An attempt is not waited for any more; no more than `liability` is paid for it. */
  | { readonly type: 'abandoned'; readonly job: string; readonly nonce: Hex; readonly liability: Decimal }
  /** A checkpoint that is here, verified. */
  | { readonly type: 'checkpoint'; readonly job: string; readonly checkpoint: string; readonly fuel: Decimal }
  /** How a job ended: with a result, or with an error. */
  | {
      readonly type: 'ended';
      readonly job: string;
      readonly at: number;
      readonly result?: string | undefined;
      readonly receipt?: WireText | undefined;
      readonly error?: SerializedMillraceError | undefined;
    }
  /** What happened with a node. */
  | {
      readonly type: 'experience';
      readonly node: Address;
      readonly experience: Experience;
      readonly at: number;
    }
  /** An order is about to be signed and matched on chain, where it may come to stand without anybody here hearing of it. */
  | {
      readonly type: 'escrow-intent';
      /** `hashOrder` of the order. */
      readonly order: Hex;
      readonly orderNonce: Decimal;
      /** The order cannot be matched later, seconds since 1970 by the clock of the chain. */
      readonly expiry: Decimal;
      /** It was not matched before this block. */
      readonly fromBlock: Decimal;
      readonly endpoint: string;
      /** Of the job at its node. */
      readonly nonce: Hex;
      readonly at: number;
    }
  /** Nothing came of it, and nothing can any more. */
  | { readonly type: 'escrow-intent-over'; readonly order: Hex }
  /** The price of a job is held on chain. `terms` is wire text: whoever settles it needs them. */
  | {
      readonly type: 'escrow';
      readonly id: Hex;
      /** Of its intent. */
      readonly order?: Hex | undefined;
      readonly terms: WireText;
      readonly endpoint: string;
      readonly nonce: Hex;
      readonly at: number;
    }
  /** It was paid, or taken back. */
  | { readonly type: 'escrow-settled'; readonly id: Hex }
  /** All that is remembered of nodes; stands for the experiences before it. */
  | { readonly type: 'memory'; readonly memory: NodeMemory };
