import { type Hex, stringToBytes } from 'viem';
import { isSignedBySession, type SessionKey } from '../session/session-key.ts';
import { encodeWire } from './text.ts';

/** A message with the signature of a session key over its {@link encodeWire} text. */
export type Signed<T> = { readonly body: T; readonly signature: Hex };

/** What session keys sign on the wire; a signature for one is void for another. */
export type WirePurpose = 'ask' | 'quote' | 'terms' | 'submit' | 'stop' | 'read';

/** Signs a message. */
export function signWire<T>(purpose: WirePurpose, body: T, session: SessionKey): Signed<T> {
  return { body, signature: session.sign(purpose, stringToBytes(encodeWire(body))) };
}

/** Whether `key` signed this message for this purpose. */
export function isSignedWire<T>(purpose: WirePurpose, { body, signature }: Signed<T>, key: Hex): boolean {
  return isSignedBySession(key, purpose, stringToBytes(encodeWire(body)), signature);
}
