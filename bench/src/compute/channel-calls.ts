import {
  type ChannelKey,
  channelId,
  laneOf,
  signingDomain,
  streamTypedData,
  voucherTypedData,
} from '@millrace/protocol/compute';
import { channelsAbi } from '@millrace/protocol/contracts/channels';
import { type Address, encodeFunctionData, type Hex, keccak256, toHex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { Call } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import type { ComputeContracts } from './deploy-compute.ts';
import { ANVIL_CHAIN_ID } from './domain.ts';

/** A channel with the account that signs for it. */
export type BenchChannel = { payer: PrivateKeyAccount; payee: Address; token: Address; salt: bigint };

export type SignedVoucher = { key: ChannelKey; total: bigint; receiptsRoot: Hex; signature: Hex };

function keyOf({ payer, payee, token, salt }: BenchChannel): ChannelKey {
  return { payer: payer.address, payee, token, salt };
}

export function openChannel(c: ComputeContracts, channel: BenchChannel, deposit: bigint): Call {
  return callOf(channel.payer.address, c.channels, channelsAbi, 'open', [keyOf(channel), deposit]);
}

export function topUp(c: ComputeContracts, channel: BenchChannel, amount: bigint): Call {
  return callOf(channel.payer.address, c.channels, channelsAbi, 'topUp', [keyOf(channel), amount]);
}

/** Deterministic: two runs sign the same bytes, and so cost the same calldata. */
export async function signVoucher(
  c: ComputeContracts,
  channel: BenchChannel,
  total: bigint,
): Promise<SignedVoucher> {
  const key = keyOf(channel);
  const terms = { channel: channelId(key), total, receiptsRoot: keccak256(toHex(`receipts ${total}`)) };
  const signature = await channel.payer.signTypedData(voucherTypedData(domainOf(c), terms));
  return { key, total, receiptsRoot: terms.receiptsRoot, signature };
}

export function redeem(c: ComputeContracts, voucher: SignedVoucher): Call {
  return callOf(voucher.key.payee, c.channels, channelsAbi, 'redeem', [voucher]);
}

export function redeemBatch(c: ComputeContracts, from: Address, vouchers: readonly SignedVoucher[]): Call {
  return callOf(from, c.channels, channelsAbi, 'redeemBatch', [vouchers]);
}

export async function redeemStream(
  c: ComputeContracts,
  channel: BenchChannel,
  terms: { total: bigint; rate: bigint; since: bigint; until: bigint },
): Promise<Call> {
  const key = keyOf(channel);
  const receiptsRoot = keccak256(toHex('reserved'));
  const data = streamTypedData(domainOf(c), { channel: channelId(key), receiptsRoot, ...terms });
  const signature = await channel.payer.signTypedData(data);
  const stream = { key, receiptsRoot, ...terms, signature };
  return callOf(channel.payee, c.channels, channelsAbi, 'redeemStream', [stream]);
}

export function collect(c: ComputeContracts, channel: BenchChannel): Call {
  return callOf(channel.payee, c.channels, channelsAbi, 'collect', [channel.payee, laneOf(keyOf(channel))]);
}

/** Both in one transaction: from the signature to the payee's account. */
export function redeemAndCollect(
  c: ComputeContracts,
  channel: BenchChannel,
  vouchers: readonly SignedVoucher[],
): Call {
  const calls = [
    encodeFunctionData({ abi: channelsAbi, functionName: 'redeemBatch', args: [vouchers] }),
    encodeFunctionData({
      abi: channelsAbi,
      functionName: 'collect',
      args: [channel.payee, laneOf(keyOf(channel))],
    }),
  ];
  return callOf(channel.payee, c.channels, channelsAbi, 'multicall', [calls]);
}

export function openTill(c: ComputeContracts, channel: BenchChannel): Call {
  return callOf(channel.payee, c.channels, channelsAbi, 'openTill', [laneOf(keyOf(channel))]);
}

export function close(c: ComputeContracts, channel: BenchChannel, by: Address): Call {
  return callOf(by, c.channels, channelsAbi, 'close', [keyOf(channel)]);
}

export function finalise(c: ComputeContracts, channel: BenchChannel, by: Address): Call {
  return callOf(by, c.channels, channelsAbi, 'finalise', [keyOf(channel)]);
}

function domainOf(c: ComputeContracts) {
  return signingDomain('channels', { chainId: ANVIL_CHAIN_ID, contract: c.channels });
}
