import { MillraceError } from '@millrace/protocol';
import type { Hex } from 'viem';
import type { Session } from '../session.ts';
import { askSecret } from '../terminal/confirm.ts';
import { UsageError } from '../usage-error.ts';

/** A private key is 32 bytes below the order of the curve. */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/**
 * Checks the form of a private key. Its text is in no message.
 *
 * @throws {@link MillraceError} `INVALID_KEY`.
 */
export function parsePrivateKey(text: string, from: string): Hex {
  const digits = text.trim().replace(/^0x/i, '');
  const value = /^[0-9a-f]{64}$/i.test(digits) ? BigInt(`0x${digits}`) : 0n;
  if (value > 0n && value < CURVE_ORDER) return `0x${digits.toLowerCase()}`;
  throw new MillraceError(`What came from ${from} is no private key.`, {
    code: 'INVALID_KEY',
    fault: 'user',
    hint: 'A private key is 64 hexadecimal digits, with or without 0x.',
  });
}

/** A private key from standard input; asked for without showing it on a terminal. */
export async function readPrivateKey(session: Session): Promise<Hex> {
  return parsePrivateKey(await readSecret(session, true, 'Private key'), 'standard input');
}

/** A password from standard input, MILLRACE_PASSWORD, or a prompt, in this order. */
export async function readPassword(
  session: Session,
  fromStdin: boolean,
  question = 'Password',
): Promise<string> {
  const fromEnvironment = session.env.MILLRACE_PASSWORD;
  if (!fromStdin && fromEnvironment !== undefined) return fromEnvironment;
  return readSecret(session, fromStdin, question);
}

/** A password for a new keystore: asked for twice where somebody types it. */
export async function chooseNewPassword(session: Session, fromStdin: boolean): Promise<string> {
  const asks = !fromStdin && session.env.MILLRACE_PASSWORD === undefined;
  const password = await readPassword(session, fromStdin, 'New password');
  if (password === '') {
    throw new MillraceError('An empty password protects nothing.', { code: 'EMPTY_PASSWORD', fault: 'user' });
  }
  if (asks && (await askSecret('The same again')) !== password) {
    throw new MillraceError('The two passwords differ.', { code: 'PASSWORDS_DIFFER', fault: 'user' });
  }
  return password;
}

async function readSecret(session: Session, fromStdin: boolean, question: string): Promise<string> {
  if (session.terminal.interactive) return askSecret(question);
  const line = fromStdin ? await session.readLine() : undefined;
  if (line !== undefined) return line;
  throw new UsageError(
    `${question}: nothing was given.`,
    'SECRET_MISSING',
    fromStdin
      ? 'Standard input ended before it; put each secret on a line of its own, the key first.'
      : 'Set MILLRACE_PASSWORD, or pipe it in with --password-stdin.',
  );
}
