import type { MillraceError } from '@millrace/protocol';
import { iJobMarketAbi } from '@millrace/protocol/contracts/i-job-market';
import type { Hex } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import type { SendOptions } from '../../call/send-call.ts';
import { computeEvent } from '../call/compute-event.ts';
import { type ComputeSent, sendComputeCall } from '../call/send-compute-call.ts';
import { type BuildOpenJobParameters, buildOpenJob } from './build-open-job.ts';
import type { JobTerms } from './job-terms.ts';

export type OpenJobParameters = BuildOpenJobParameters & SendOptions;
/** Keep `job`: whoever settles it needs its terms. */
export type OpenJobReturnType = ComputeSent<typeof iJobMarketAbi, { id: Hex; job: JobTerms }>;
export type OpenJobErrorType = MillraceError;

/**
 * Matches a signed order with a signed bid: takes the price from the requester, and the node may begin. Open to anyone.
 *
 * @throws {@link MillraceError} `BAD_SIGNATURE`, `SIGNATURE_EXPIRED`, `NONCE_USED`, `WRONG_ORDER`, `WRONG_NODE`,
 * `PRICE_TOO_HIGH`, `BOND_TOO_SMALL`, `INSUFFICIENT_BALANCE`, `INSUFFICIENT_APPROVAL`; nothing is sent then.
 *
 * @example
 * ```ts
 * const { result: { id, job } } = await openJob(client, { jobMarket, order, bid })
 * ```
 */
export async function openJob(client: SdkClient, parameters: OpenJobParameters): Promise<OpenJobReturnType> {
  const call = buildOpenJob(parameters);
  const { requester, token } = parameters.order.order;
  const payment = { payer: requester, amount: parameters.bid.bid.price, token };
  return await sendComputeCall(client, iJobMarketAbi, { ...parameters, call, payment }, (events) => {
    const { id, job } = computeEvent(events, 'JobOpened');
    return { id, job };
  });
}
