import { type Quote, type QuoteRequest, type SignedQuote, signWire } from '@millrace/protocol/wire';
import { isAddressEqual } from 'viem';
import type { Core } from '../core.ts';
import { mostDue, refuse, requireFit, requireRoom } from '../job/admission.ts';

/**
 * What a job would cost. Holds for channels that are announced with it; reserves nothing.
 *
 * @throws `RefusalError` why the node would not take the job
 */
export function quoteJob(core: Core, { chainId, channels, token, spec }: QuoteRequest): SignedQuote {
  const { config, session, scheduler } = core;
  requirePlace(core, chainId, channels, config.contracts.channels);
  if (!isAddressEqual(token, config.token)) {
    throw refuse('TOKEN_NOT_ACCEPTED', `This node is paid in ${config.token}.`, {
      asked: token,
      has: config.token,
    });
  }
  requireFit(core, spec, config.price);
  requireRoom(core, spec);
  const issuedAt = BigInt(Math.floor(Date.now() / 1_000));
  const quote: Quote = {
    node: core.account.address,
    chainId: config.chain.chainId,
    channels: config.contracts.channels,
    token: config.token,
    price: config.price,
    lanes: config.lanes,
    exposureCap: config.exposureCap,
    mostDue: mostDue(spec, config.price),
    fuelPerSecond: config.hardware.fuelPerSecond[spec.profile],
    queue: scheduler.state(),
    issuedAt,
    expiry: issuedAt + BigInt(Math.ceil(config.quoteSeconds)),
  };
  return { ...signWire('quote', quote, session.key), certificate: session.certificate };
}

/** @throws `RefusalError` `WRONG_CHAIN`, `WRONG_CONTRACT` */
export function requirePlace(core: Core, chainId: number, asked: `0x${string}`, has: `0x${string}`): void {
  const own = core.config.chain.chainId;
  if (chainId !== own) {
    throw refuse('WRONG_CHAIN', `This node is paid on chain ${own}.`, { asked: chainId, has: own });
  }
  if (!isAddressEqual(asked, has)) {
    throw refuse('WRONG_CONTRACT', `This node is paid through ${has}.`, { asked, has });
  }
}
