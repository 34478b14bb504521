import type { RevertError } from '@millrace/protocol';
import type { Market } from '../market/market.ts';
import type { Position } from '../position/position.ts';
import type { Outlook } from './outlook.ts';

/** What a quote starts from: `getMarket` and `getPosition`, best of the same block. */
export type QuoteParameters = { market: Market; position: Position };

/** Before → after of one operation, and why it would be refused, if that can be told. */
export type Quote = {
  readonly before: Outlook;
  readonly after: Outlook;
  /** `undefined`: nothing known speaks against it. Gates, caps, balances and approvals are told by `simulateCall`. */
  readonly refusal: RevertError | undefined;
};
