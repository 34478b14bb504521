import { type Hex, hashTypedData } from 'viem';
import type { SigningDomain } from './domain.ts';
import type { VoucherTerms } from './voucher.ts';

/** A voucher that grows: `rate` more for each second from `since` to `until`. For reserved capacity. */
export type StreamTerms = VoucherTerms & {
  /** Base units for each second. */
  readonly rate: bigint;
  /** Seconds since 1970. */
  readonly since: bigint;
  /** Seconds since 1970; this second is not paid. */
  readonly until: bigint;
};

const TYPES = {
  Stream: [
    { name: 'channel', type: 'bytes32' },
    { name: 'total', type: 'uint256' },
    { name: 'receiptsRoot', type: 'bytes32' },
    { name: 'rate', type: 'uint256' },
    { name: 'since', type: 'uint256' },
    { name: 'until', type: 'uint256' },
  ],
} as const;

/** What the payer of a channel signs to reserve capacity, for `signTypedData`. */
export function streamTypedData(domain: SigningDomain, terms: StreamTerms) {
  const { channel, total, receiptsRoot, rate, since, until } = terms;
  const message = { channel, total, receiptsRoot, rate, since, until };
  return { domain, types: TYPES, primaryType: 'Stream', message } as const;
}

/** The digest that `Channels` checks a stream’s signature against. */
export function hashStream(domain: SigningDomain, terms: StreamTerms): Hex {
  return hashTypedData(streamTypedData(domain, terms));
}

/** What a stream comes to at a time, as `Channels` counts it; the deposit limits what is paid. */
export function streamTotal({ total, rate, since, until }: StreamTerms, time: bigint): bigint {
  const end = until < time ? until : time;
  return end > since ? total + rate * (end - since) : total;
}
