import { UsageError } from '../usage-error.ts';

/** Which blocks, as somebody typed them. */
export type BlockSelection =
  | { kind: 'last'; count: number }
  | { kind: 'range'; from: bigint; to: bigint }
  | { kind: 'transactions'; hashes: readonly `0x${string}`[] };

/** Whether the selection may be more than one block. */
export function isRange(selection: BlockSelection): boolean {
  if (selection.kind === 'last') return selection.count > 1;
  return selection.kind === 'range' && selection.to > selection.from;
}

/** What the argument is called in help. */
export const blocksArgument = {
  about: 'a number, a range 100-120, latest, last N, or hashes of transactions; default: latest',
  optional: true,
  variadic: true,
} as const;

/**
 * Reads `120`, `100-120`, `100..120`, `latest`, `last 20`, or hashes of transactions.
 *
 * @throws {@link UsageError} `INVALID_BLOCKS`
 */
export function parseBlocks(words: readonly string[]): BlockSelection {
  const [first = 'latest', second] = words;
  if (words.length <= 1 && first === 'latest') return { kind: 'last', count: 1 };
  if (first === 'last' && words.length === 2) return { kind: 'last', count: readCount(second ?? '') };
  if (words.every((word) => /^0x[0-9a-f]{64}$/i.test(word))) {
    return { kind: 'transactions', hashes: words.map((word) => word.toLowerCase() as `0x${string}`) };
  }
  if (words.length !== 1) throw unreadable(words.join(' '));
  const found = /^(\d+)(?:(?:-|\.\.)(\d+))?$/.exec(first);
  if (!found) throw unreadable(first);
  const from = BigInt(found[1] ?? '0');
  const to = found[2] === undefined ? from : BigInt(found[2]);
  if (to < from) throw unreadable(first, 'A range goes upwards.');
  return { kind: 'range', from, to };
}

function readCount(text: string): number {
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw unreadable(`last ${text}`, 'Say how many, such as `last 20`.');
}

function unreadable(text: string, why = ''): UsageError {
  return new UsageError(
    `“${text}” names no blocks.`,
    'INVALID_BLOCKS',
    `${why} Write 120, 100-120, latest, last 20, or hashes of transactions.`.trim(),
  );
}
