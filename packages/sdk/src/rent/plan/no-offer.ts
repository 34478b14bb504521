import type { Address } from 'viem';
import { RentError } from '../error/rent-error.ts';

/** Why a node cannot have a job, for programs and for people. */
export type NoOfferReason = {
  readonly node: Address;
  readonly endpoint?: string | undefined;
  readonly code: string | undefined;
  readonly sentence: string | undefined;
};

/** As many are said; all are in the details. */
const MOST_SAID = 3;

/**
 * That nobody can have a job, and why: node by node.
 *
 * @param dismissed whose offers do not fit, or who refused
 * @param failed that could not be asked, or failed, and are left alone for the moment
 */
export function noOffer(
  dismissed: readonly NoOfferReason[],
  failed: readonly NoOfferReason[] = [],
  cause?: unknown,
): RentError {
  const all = [...dismissed, ...failed];
  if (all.length === 0)
    return new RentError('RENT_NO_OFFER', 'No node was found.', { dismissed, failed }, cause);
  const said = all.slice(0, MOST_SAID).map(({ node, endpoint, code, sentence }) => {
    return `${endpoint ?? node}: ${sentence ?? code}`;
  });
  const rest = all.length > said.length ? ` And ${all.length - said.length} more.` : '';
  const words = `No node that was found can have the job. ${said.join(' ')}${rest}`;
  return new RentError('RENT_NO_OFFER', words, { dismissed, failed }, cause);
}
