import { channelsAbi } from '@millrace/protocol/contracts/channels';
import { type Address, encodeFunctionData, type Hex, keccak256, toHex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import type { Call } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import { type ChannelKey, channelIdOf } from './channel-key.ts';
import type { ComputeContracts } from './deploy-compute.ts';
import { ANVIL_CHAIN_ID } from './domain.ts';

/** A channel with the account that signs for it. */
export type BenchChannel = { payer: PrivateKeyAccount; payee: Address; token: Address; salt: bigint };

export type SignedVoucher = { key: ChannelKey; total: bigint; receiptsRoot: Hex; signature: Hex };

const VOUCHER = [
  { name: 'channel', type: 'bytes32' },
  { name: 'total', type: 'uint256' },
  { name: 'receiptsRoot', type: 'bytes32' },
] as const;
const STREAM = [
  ...VOUCHER,
  { name: 'rate', type: 'uint256' },
  { name: 'since', type: 'uint256' },
  { name: 'until', type: 'uint256' },
] as const;

export function keyOf({ payer, payee, token, salt }: BenchChannel): ChannelKey {
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
  const message = { channel: channelIdOf(key), total, receiptsRoot: keccak256(toHex(`receipts ${total}`)) };
  const signature = await channel.payer.signTypedData({
    domain: domainOf(c),
    types: { Voucher: VOUCHER },
    primaryType: 'Voucher',
    message,
  });
  return { key, total, receiptsRoot: message.receiptsRoot, signature };
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
  const signature = await channel.payer.signTypedData({
    domain: domainOf(c),
    types: { Stream: STREAM },
    primaryType: 'Stream',
    message: { channel: channelIdOf(key), receiptsRoot, ...terms },
  });
  const stream = { key, receiptsRoot, ...terms, signature };
  return callOf(channel.payee, c.channels, channelsAbi, 'redeemStream', [stream]);
}

export function laneOf(channel: BenchChannel) {
  return { payee: channel.payee, token: channel.token, number: channel.salt & 0xffffn };
}

export function collect(c: ComputeContracts, channel: BenchChannel): Call {
  return callOf(channel.payee, c.channels, channelsAbi, 'collect', [channel.payee, laneOf(channel)]);
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
      args: [channel.payee, laneOf(channel)],
    }),
  ];
  return callOf(channel.payee, c.channels, channelsAbi, 'multicall', [calls]);
}

export function openTill(c: ComputeContracts, channel: BenchChannel): Call {
  return callOf(channel.payee, c.channels, channelsAbi, 'openTill', [laneOf(channel)]);
}

export function close(c: ComputeContracts, channel: BenchChannel, by: Address): Call {
  return callOf(by, c.channels, channelsAbi, 'close', [keyOf(channel)]);
}

export function finalise(c: ComputeContracts, channel: BenchChannel, by: Address): Call {
  return callOf(by, c.channels, channelsAbi, 'finalise', [keyOf(channel)]);
}

function domainOf(c: ComputeContracts) {
  return {
    name: 'Millrace Channels',
    version: '1',
    chainId: ANVIL_CHAIN_ID,
    verifyingContract: c.channels,
  } as const;
}
