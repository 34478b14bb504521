import type { RefusalCode, SignedAsk } from '@millrace/protocol/wire';

/** An ask whose signature was checked, and what the renter has found out itself. */
export type Offer = {
  readonly ask: SignedAsk['body'];
  /** Measured; `undefined` when the node was not asked itself yet. */
  readonly roundTripMilliseconds?: number | undefined;
  /** A channel to the node is open. */
  readonly hasChannel?: boolean | undefined;
};

/** Why an offer is left out: what the node itself would say, or what the renter knows. */
export type DismissalCode = RefusalCode | 'ASK_EXPIRED' | 'NODE_DISTRUSTED';

/** An offer that does not fit, and why. */
export type Dismissal = {
  readonly offer: Offer;
  readonly code: DismissalCode;
  /** One sentence for people. */
  readonly sentence: string;
};
