import {
  isSignedWire,
  REQUEST_SECONDS,
  RefusalError,
  type Signed,
  type WirePurpose,
} from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { Channel } from '../channel/channel.ts';
import type { Core } from '../core.ts';
import { refuse } from '../job/admission.ts';

/**
 * The channel that a request is for, if its session key has signed it lately.
 *
 * @throws `RefusalError` `CHANNEL_UNKNOWN`, `REQUEST_NOT_SIGNED`, `REQUEST_EXPIRED`
 */
export function requireSigned<T extends { readonly at: bigint }>(
  core: Core,
  purpose: WirePurpose,
  request: Signed<T>,
  id: Hex,
): Channel {
  const channel = requireChannel(core, id);
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const { at } = request.body;
  if (at + REQUEST_SECONDS < now || at > now + REQUEST_SECONDS) {
    throw refuse('REQUEST_EXPIRED', 'This request was signed too long ago, or by a clock that is ahead.', {
      at,
      now,
    });
  }
  const { key, expiry } = channel.session;
  if (BigInt(expiry) < now || !isSignedWire(purpose, request, key)) {
    const words =
      'This request is not signed by the session key of the channel, or its certificate has run out.';
    throw refuse('REQUEST_NOT_SIGNED', words, { key, expiry });
  }
  return channel;
}

export function requireChannel(core: Core, id: Hex): Channel {
  const channel = core.books.get(id);
  if (channel !== undefined) return channel;
  throw new RefusalError('CHANNEL_UNKNOWN', 'No such channel was announced here.', { channel: id });
}
