import { type Hex, hexToBytes } from 'viem';
import { ComputeError } from '../compute-error.ts';
import { hashReceipt } from '../receipt/encode-receipt.ts';
import type { Receipt } from '../receipt/receipt.ts';
import { isSignedBySession, type SessionKey } from './session-key.ts';

/** A receipt with the signature of the node’s session key. */
export type SignedReceipt = { readonly receipt: Receipt; readonly key: Hex; readonly signature: Hex };

const PURPOSE = 'receipt';

/**
 * Signs a receipt.
 *
 * @throws {@link ComputeError} `RECEIPT_INVALID`
 */
export function signReceipt(receipt: Receipt, session: SessionKey): SignedReceipt {
  const signature = session.sign(PURPOSE, hexToBytes(hashReceipt(receipt)));
  return { receipt, key: session.publicKey, signature };
}

/**
 * Checks that a session key has signed a receipt. That the key speaks for `receipt.node` says its certificate
 * (`verifyCertificate`).
 *
 * @param key the key that the certificate names
 * @throws {@link ComputeError} `RECEIPT_NOT_SIGNED`, `RECEIPT_INVALID`
 */
export function verifyReceipt({ receipt, signature }: SignedReceipt, key: Hex): void {
  if (isReceiptSigned(hashReceipt(receipt), key, signature)) return;
  throw new ComputeError(
    'RECEIPT_NOT_SIGNED',
    `Receipt ${receipt.sequence} is not signed by the session key.`,
    {
      node: receipt.node,
      sequence: receipt.sequence,
      key,
    },
  );
}

/** The same for who has hashed the receipt already. @param hash `hashReceipt` of it */
export function isReceiptSigned(hash: Hex, key: Hex, signature: Hex): boolean {
  return isSignedBySession(key, PURPOSE, hexToBytes(hash), signature);
}
