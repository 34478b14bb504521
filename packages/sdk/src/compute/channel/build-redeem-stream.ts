import { iChannelsAbi } from '@millrace/protocol/contracts/i-channels';
import type { Address } from 'viem';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { SignedStream } from './signed-voucher.ts';

export type BuildRedeemStreamParameters = {
  /** The `Channels`. */
  channels: Address;
  /** Of the payer; see `signStream`. */
  stream: SignedStream;
};
export type BuildRedeemStreamReturnType = Call;

/** Pays the seconds of a stream that have passed, to the payee’s credit. Anyone may send it. */
export function buildRedeemStream({
  channels,
  stream,
}: BuildRedeemStreamParameters): BuildRedeemStreamReturnType {
  return buildComputeCall(iChannelsAbi, channels, 'redeemStream', [stream]);
}
