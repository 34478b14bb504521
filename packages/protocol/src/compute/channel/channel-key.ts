import { type Address, encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from 'viem';

/**
 * What a channel is. The low 16 bits of `salt` are the number of the payee’s lane that the deposit sits in; the rest lets the
 * same parties have several channels.
 */
export type ChannelKey = {
  readonly payer: Address;
  readonly payee: Address;
  readonly token: Address;
  readonly salt: bigint;
};

/** Where money sits: what is on its way to `payee`, in one token. `number` is below 2^16. */
export type Lane = {
  readonly payee: Address;
  readonly token: Address;
  readonly number: bigint;
};

const WORDS = parseAbiParameters('address payer, address payee, address token, uint256 salt');
const LANE_MASK = 0xffffn;

/** The id of a channel: keccak256 of the four words of its key. */
export function channelId({ payer, payee, token, salt }: ChannelKey): Hex {
  return keccak256(encodeAbiParameters(WORDS, [payer, payee, token, salt]));
}

/** The lane that a channel’s deposit sits in, and that its payee collects from. */
export function laneOf({ payee, token, salt }: ChannelKey): Lane {
  return { payee, token, number: salt & LANE_MASK };
}

/**
 * A salt for a channel in a lane.
 *
 * @param nonce tells channels of the same parties apart: a counter, or a random number below 2^240
 *
 * @example
 * ```ts
 * const key = { payer, payee, token, salt: channelSalt(3n, BigInt(Date.now())) }
 * laneOf(key).number // 3n
 * ```
 */
export function channelSalt(lane: bigint, nonce: bigint): bigint {
  return (BigInt.asUintN(240, nonce) << 16n) | (lane & LANE_MASK);
}
