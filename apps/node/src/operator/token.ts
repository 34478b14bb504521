import { randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { RefusalError } from '@millrace/protocol/wire';
import { writeSecret } from '../identity/secret-file.ts';

/** The operator's token: in a file that only the node's user can read. Made when it is not there. */
export async function openToken(path: string): Promise<string> {
  const known = (await readFile(path, 'utf8').catch(() => '')).trim();
  if (known.length >= 32) return known;
  const token = randomBytes(32).toString('hex');
  await writeSecret(path, token);
  return token;
}

/** @throws `RefusalError` `NOT_ALLOWED` */
export function requireToken(header: string | undefined, token: string): void {
  const given = Buffer.from(header?.replace(/^Bearer /, '') ?? '');
  const wanted = Buffer.from(token);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new RefusalError('NOT_ALLOWED', 'This is for the operator of the node.');
}
