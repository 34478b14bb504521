import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DeployedToken } from '@millrace/devnet';
import { formatTokens, MillraceError } from '@millrace/protocol';
import type { JobResult } from '@millrace/sdk/rent';
import type { Outcome } from '../command.ts';
import { shortNode } from '../figures/offer-data.ts';
import type { Session } from '../session.ts';

/** Longer results are not shown on a terminal. */
const SHOWN_BYTES = 64 * 1_024;

/** The result of a job: in a file, when one is named, else as text if it is text. */
export function jobOutcome(
  session: Session,
  id: string,
  { bytes, cid, receipt, node, cost, attempts }: JobResult,
  token: DeployedToken,
  file: string | undefined,
): Outcome {
  const path = file === undefined ? undefined : writeResult(session, file, bytes);
  const text = textOf(bytes);
  const { fuel, microseconds } = receipt.receipt;
  const spent = formatTokens(cost, token.decimals, 'debt', token.symbol);
  const line = `✓ ${bytes.length} bytes by ${shortNode(node)} in ${(Number(microseconds) / 1e6).toFixed(2)} s, ${(Number(fuel) / 1e9).toFixed(3)} G fuel, for ${spent}`;
  const shown =
    path === undefined
      ? (text ?? `The result is not text: save it with \`millrace job result ${id} --output <file>\`.`)
      : `Saved to ${path}.`;
  session.terminal.note(session.terminal.noteColors.dim(line));
  return {
    data: {
      ...{
        id,
        node,
        cid,
        cost,
        attempts,
        symbol: token.symbol,
        decimals: token.decimals,
        bytes: bytes.length,
      },
      ...(path === undefined
        ? { result: Buffer.from(bytes).toString('base64'), text: text ?? null }
        : { path }),
      receipt,
    },
    text: shown.replace(/\n$/, ''),
  };
}

/** @throws {@link MillraceError} `FILE_REFUSED` */
export function writeResult({ cwd }: Session, file: string, bytes: Uint8Array): string {
  const path = resolve(cwd, file);
  try {
    writeFileSync(path, bytes);
    return path;
  } catch (cause) {
    throw new MillraceError(`${path} cannot be written.`, {
      code: 'FILE_REFUSED',
      fault: 'user',
      hint: 'The result is kept: `millrace job result` saves it elsewhere.',
      details: { path },
      cause,
    });
  }
}

/** The text that bytes are, if they are text that a terminal can show. */
export function textOf(bytes: Uint8Array): string | undefined {
  if (bytes.length > SHOWN_BYTES) return undefined;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey is not shown
    return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
