import { ed25519 } from '@noble/curves/ed25519';
import { nativeEd25519 } from './native-ed25519.ts';

/** RFC 8032. Keys have 32 bytes, signatures 64. */
export type Ed25519 = {
  signer(secret: Uint8Array): {
    readonly publicKey: Uint8Array;
    sign(message: Uint8Array): Uint8Array;
  };
  /** May throw when it is no key or no signature. */
  isSigned(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
};

/** The one that runs everywhere. */
export const ED25519_IN_JAVASCRIPT: Ed25519 = {
  signer: (secret) => ({
    publicKey: ed25519.getPublicKey(secret),
    sign: (message) => ed25519.sign(message, secret),
  }),
  isSigned: (publicKey, message, signature) =>
    ed25519.verify(signature, message, publicKey, { zip215: false }),
};

/** The fastest that there is here. */
export const fastestEd25519: Ed25519 = nativeEd25519() ?? ED25519_IN_JAVASCRIPT;
