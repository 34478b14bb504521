import { grownUp } from '@millrace/protocol/market';
import type { Market } from '../market/market.ts';

/** Borrow index (ray) in the block the market was read at, rounded up. */
export function indexNow({ accrual, terms, time }: Market): bigint {
  return grownUp(accrual.index, terms.rate, time - accrual.settledAt);
}
