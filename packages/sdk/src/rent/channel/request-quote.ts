import type { JobSpec } from '@millrace/protocol/compute';
import { isSignedWire, type SignedQuote } from '@millrace/protocol/wire';
import { type Address, isAddressEqual } from 'viem';
import { RentError } from '../error/rent-error.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeApi } from '../node/node-api.ts';
import { mostDueOf } from '../rank/estimate-offer.ts';
import { requireCertificate } from './node-keys.ts';

/**
 * A price that the node has signed, for this deal, within the price cap of the job.
 *
 * @throws `RefusalError`; {@link RentError} `RENT_NODE_DISHONEST` when it is not signed by the node or for another deal,
 * `RENT_PRICE_CAP` when it is dearer than the job allows.
 */
export async function requestQuote(
  host: RentHost,
  api: NodeApi,
  node: Address,
  spec: JobSpec,
): Promise<SignedQuote> {
  const { chainId, contracts, token } = host;
  const quote = await api.quote({ chainId, channels: contracts.channels, token, spec });
  const { body, certificate } = quote;
  const isOfNode = isAddressEqual(body.node, node) && isAddressEqual(certificate.certificate.node, node);
  const isThisDeal =
    body.chainId === chainId &&
    isAddressEqual(body.channels, contracts.channels) &&
    isAddressEqual(body.token, token);
  if (!isOfNode || !isThisDeal || !isSignedWire('quote', quote, certificate.certificate.key)) {
    throw new RentError('RENT_NODE_DISHONEST', 'The quote is not one of this node for this deal.', {
      node,
      quote,
    });
  }
  await requireCertificate(host, certificate);
  const mostDue = mostDueOf(spec, body.price);
  if (mostDue <= spec.needs.priceCap) return quote;
  const words = `The node quotes ${mostDue} for the job at its limits; the price cap is ${spec.needs.priceCap}.`;
  throw new RentError('RENT_PRICE_CAP', words, { node, mostDue, priceCap: spec.needs.priceCap });
}
