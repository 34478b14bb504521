import type { MillraceError } from '@millrace/protocol';
import type { SessionKey, SignedCertificate } from '@millrace/protocol/compute';
import type { Account, Address, Hex } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import type { Serial } from '../channel/serial.ts';
import type { RentContent } from '../content/rent-content.ts';
import type { Experience } from '../memory/node-memory.ts';
import type { Http } from '../node/request.ts';
import type { RentStore } from '../store/rent-store.ts';

/** Where the compute contracts are. */
export type RentContracts = {
  readonly channels: Address;
  readonly nodeRegistry: Address;
  readonly jobMarket: Address;
};

/** What happens beside the jobs. */
export type RenterEvent =
  | {
      readonly type: 'channel-opening';
      readonly channel: Hex;
      readonly node: Address;
      readonly deposit: bigint;
    }
  | { readonly type: 'channel-open'; readonly channel: Hex; readonly node: Address; readonly deposit: bigint }
  | { readonly type: 'channel-topped-up'; readonly channel: Hex; readonly deposit: bigint }
  | { readonly type: 'channel-over'; readonly channel: Hex; readonly why: 'closing' | 'closed' | 'dishonest' }
  | { readonly type: 'paid'; readonly channel: Hex; readonly node: Address; readonly total: bigint }
  | { readonly type: 'node-lost'; readonly node: Address; readonly error: MillraceError }
  | { readonly type: 'node-back'; readonly node: Address }
  | { readonly type: 'node-dishonest'; readonly node: Address; readonly error: MillraceError }
  /** Two nodes gave different results of the same deterministic job: at least one of them is wrong. */
  | { readonly type: 'results-differ'; readonly job: string; readonly nodes: readonly Address[] }
  /** Something that was tried in the background did not work; it is tried again where that can help. */
  | { readonly type: 'trouble'; readonly error: MillraceError };

/** How patient a renter is. Milliseconds. */
export type RentTiming = {
  /** A node that says nothing for so long, while it has jobs, has vanished: they move. */
  readonly graceMilliseconds: number;
  /** A stream that says nothing for so long is opened anew. */
  readonly stallMilliseconds: number;
  /** No job is given to another node as well before. */
  readonly patienceMilliseconds: number;
  /** Vouchers are signed this often, and sooner when much is due. */
  readonly payMilliseconds: number;
};

/** What the parts of a renter share. */
export type RentHost = {
  readonly client: SdkClient;
  readonly account: Account;
  readonly chainId: number;
  readonly contracts: RentContracts;
  readonly token: Address;
  readonly http: Http;
  readonly store: RentStore;
  readonly content: RentContent;
  readonly session: SessionKey;
  /** Of the session key, and good for some days yet. */
  readonly certificate: () => Promise<SignedCertificate>;
  readonly timing: RentTiming;
  readonly wallet: Serial;
  /** One order to `JobMarket` at a time. */
  readonly orders: Serial;
  /** Aborted when the renter is closed. */
  readonly signal: AbortSignal;
  readonly note: (event: RenterEvent) => void;
  readonly learn: (node: Address, experience: Experience) => void;
};
