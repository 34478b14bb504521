import { type Address, encodeAbiParameters, type Hex, keccak256 } from 'viem';

/** The four words that a channel's id is the hash of. */
export type ChannelKey = { payer: Address; payee: Address; token: Address; salt: bigint };

const WORDS = [{ type: 'address' }, { type: 'address' }, { type: 'address' }, { type: 'uint256' }] as const;

export function channelIdOf({ payer, payee, token, salt }: ChannelKey): Hex {
  return keccak256(encodeAbiParameters(WORDS, [payer, payee, token, salt]));
}
