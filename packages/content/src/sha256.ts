import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

type Sha256 = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
type NodeCrypto = typeof import('node:crypto');

/** The fastest SHA-256 there is: of Node, of the browser, or, on a page without TLS, in JavaScript. */
export const sha256: Sha256 = ofNode() ?? ofBrowser() ?? nobleSha256;

function ofNode(): Sha256 | undefined {
  // Asked for at run time: a static import would break in a browser.
  const host = globalThis.process as { getBuiltinModule?: (name: string) => unknown } | undefined;
  const crypto = host?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;
  if (crypto === undefined) return undefined;
  return (bytes) => new Uint8Array(crypto.createHash('sha256').update(bytes).digest());
}

function ofBrowser(): Sha256 | undefined {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined) return undefined;
  return async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}
