import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { MillraceError } from '@millrace/protocol';
import { isCid } from '@millrace/protocol/compute';
import type { RentJob } from '@millrace/sdk/rent';
import type { Session } from '../session.ts';
import { type JobWishes, readJobDraft } from './job-options.ts';

/**
 * A job as a command line says it: its files are read, and everything else is checked.
 *
 * @param module a file, or the CID of one that nodes have
 * @param decimals of the token that nodes are paid in
 * @throws {@link MillraceError} `FILE_UNREADABLE`, and what `readJobDraft` throws.
 */
export async function readJob(
  session: Session,
  module: string,
  wishes: JobWishes,
  decimals: number,
): Promise<RentJob> {
  const draft = readJobDraft(wishes, module, decimals, BigInt(Math.floor(Date.now() / 1_000)));
  const { version: _, ...rest } = draft;
  const inputs = await Promise.all(wishes.input.map((path) => readInput(session, path)));
  return {
    ...rest,
    module: readFile(session, module),
    inputs,
    label: isCid(module) ? undefined : basename(module),
  };
}

async function readInput(session: Session, path: string): Promise<Uint8Array | string> {
  if (path !== '-') return readFile(session, path);
  const lines: string[] = [];
  for (let line = await session.readLine(); line !== undefined; line = await session.readLine())
    lines.push(`${line}\n`);
  return new TextEncoder().encode(lines.join(''));
}

function readFile({ cwd }: Session, path: string): Uint8Array | string {
  if (isCid(path)) return path;
  try {
    return readFileSync(resolve(cwd, path));
  } catch (cause) {
    throw new MillraceError(`${path} cannot be read.`, {
      code: 'FILE_UNREADABLE',
      fault: 'user',
      hint: 'Name a file, or the CID of one that nodes have already.',
      details: { path },
      cause,
    });
  }
}
