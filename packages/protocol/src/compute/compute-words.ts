import type { Fault } from '../errors/millrace-error.ts';

type Words = { readonly fault: Fault; readonly retryable?: boolean; readonly hint: string };

const user = (hint: string): Words => ({ fault: 'user', hint });
const provider = (hint: string): Words => ({ fault: 'provider', hint });

/** Who has to act on each error, and what can be done. */
export const COMPUTE_WORDS = {
  CID_INVALID: user('Use a version 1 CID in base32 with SHA-256, such as `ipfs-unixfs-importer` makes.'),
  JOB_SPEC_INVALID: user('Mend the fields that are named; the format is described at `JobSpec`.'),
  JOB_SPEC_NOT_CANONICAL: user('Encode it with `encodeJobSpec`, so that equal jobs have equal hashes.'),
  TEXT_TOO_LONG: user('Use at most 32 bytes of UTF-8.'),
  RECEIPT_INVALID: provider('Mend the fields that are named; the format is described at `Receipt`.'),
  RECEIPT_CHAIN_BROKEN: provider('Ask the node for the receipts in between, or stop trusting it.'),
  RECEIPT_NOT_SIGNED: provider('Take only receipts that the node’s session key has signed.'),
  RECEIPT_NOT_FOUND: user('Ask for a receipt that is in the log.'),
  SESSION_KEY_INVALID: user('An ed25519 key has 32 bytes.'),
  CERTIFICATE_NOT_SIGNED: provider('Ask the node for a certificate that its own EVM key has signed.'),
  CERTIFICATE_EXPIRED: provider('Ask the node for a new certificate.'),
  CERTIFICATE_FROM_FUTURE: {
    fault: 'provider',
    retryable: true,
    hint: 'Check the clocks of both machines.',
  },
  CERTIFICATE_REVOKED: provider('Ask the node for a certificate of the key that it has now.'),
  CERTIFICATE_TOO_LONG: provider('Certify a session key for 90 days at most.'),
  ASK_NOT_SIGNED: provider('Take only asks that the node’s session key has signed.'),
  ASK_EXPIRED: { fault: 'provider', retryable: true, hint: 'Ask the node for a fresh one.' },
  PRICE_INVALID: user('Amounts of work, prices and caps are never negative.'),
  VOUCHER_DECREASES: user(
    'A voucher counts from the beginning of the channel: sign at least what was signed.',
  ),
  VOUCHER_ABOVE_DEPOSIT: user('Top the channel up first, or sign less.'),
  VOUCHER_NOT_SIGNED: user('Sign it with the key of the channel’s payer, for this chain and contract.'),
  VOUCHER_NOT_INCREASING: user('Sign a larger total; the best voucher is kept.'),
  VOUCHER_OTHER_CHANNEL: user('Use the book of the channel that the voucher names.'),
  CHANNEL_NOT_OPEN: user(
    'Open another channel; whatever was signed before can be redeemed until it is closed.',
  ),
  PERMIT_UNSUPPORTED: user('Approve the tokens instead.'),
  BOOK_OUT_OF_ORDER: {
    fault: 'protocol',
    hint: 'Deposits, payments and work done only grow: read the channel again.',
  },
} as const satisfies Record<string, Words>;

/** What went wrong, as a name that never changes once released. */
export type ComputeErrorCode = keyof typeof COMPUTE_WORDS;
