import type { Hex } from 'viem';
import type { CodePattern, Layout } from '../layout/layout.ts';

/** How the CBOR of a compiler begins: a small map whose first key is `ipfs`, `bzzr…`, `solc` or `experimental`. */
const METADATA = /^a[1-4](64697066735822|65627a7a72|64736f6c6343|6c6578706572696d656e74616c)/;

/**
 * The first layout whose code this is, whatever its immutables, linked libraries and metadata are.
 *
 * @param code deployed, as `eth_getCode` gives it
 * @example
 * ```ts
 * matchCode(await client.getCode({ address }), readLayouts(artifact))?.name // 'Market'
 * ```
 */
export function matchCode(code: Hex, candidates: readonly Layout[]): Layout | undefined {
  const body = withoutMetadata(code.slice(2).toLowerCase());
  if (body === '') return undefined;
  return candidates.find(({ pattern }) => pattern !== undefined && isSame(body, pattern));
}

function isSame(body: string, { code, holes }: CodePattern): boolean {
  const expected = withoutMetadata(code.slice(2));
  if (expected.length !== body.length) return false;
  const ordered = [...holes].sort((a, b) => a.start - b.start);
  let from = 0;
  for (const { start, length } of ordered) {
    if (expected.slice(from, 2 * start) !== body.slice(from, 2 * start)) return false;
    from = Math.max(from, 2 * (start + length));
  }
  return expected.slice(from) === body.slice(from);
}

function withoutMetadata(digits: string): string {
  const length = Number.parseInt(digits.slice(-4), 16);
  const start = digits.length - 4 - 2 * length;
  if (!(start > 0) || !METADATA.test(digits.slice(start, start + 40))) return digits;
  return digits.slice(0, start);
}
