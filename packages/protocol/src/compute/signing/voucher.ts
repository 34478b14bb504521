import { type Hex, hashTypedData } from 'viem';
import type { SigningDomain } from './domain.ts';

/** “Of this channel, `total` is yours”, counted from its beginning, in base units of its token. */
export type VoucherTerms = {
  /** Id of the channel. */
  readonly channel: Hex;
  readonly total: bigint;
  /** Merkle root of the receipts that it pays for; zero for none. */
  readonly receiptsRoot: Hex;
};

const TYPES = {
  Voucher: [
    { name: 'channel', type: 'bytes32' },
    { name: 'total', type: 'uint256' },
    { name: 'receiptsRoot', type: 'bytes32' },
  ],
} as const;

/** What the payer of a channel signs, for `signTypedData`. */
export function voucherTypedData(domain: SigningDomain, { channel, total, receiptsRoot }: VoucherTerms) {
  const message = { channel, total, receiptsRoot };
  return { domain, types: TYPES, primaryType: 'Voucher', message } as const;
}

/** The digest that `Channels` checks a voucher’s signature against. */
export function hashVoucher(domain: SigningDomain, terms: VoucherTerms): Hex {
  return hashTypedData(voucherTypedData(domain, terms));
}
