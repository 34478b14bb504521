import type { BlockAccess, NameOf } from '@millrace/parallel';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { isRange, parseBlocks } from './block-selection.ts';
import { createBlockNamer } from './name-block.ts';
import { openChain, type TracedChain } from './open-chain.ts';
import type { ReadingOptions } from './options.ts';
import { readBlocks } from './read-blocks.ts';

/** One block and the names in it. */
export type NamedBlock = { block: BlockAccess; nameOf: NameOf; chain: TracedChain };

/** @throws {@link UsageError} `ONE_BLOCK_ONLY`, and what reading throws */
export async function readOneBlock(
  session: Session,
  words: readonly string[] | undefined,
  options: ReadingOptions,
): Promise<NamedBlock> {
  const selection = parseBlocks(words ?? []);
  if (isRange(selection)) {
    throw new UsageError(
      'This looks at one block.',
      'ONE_BLOCK_ONLY',
      'Name one, or use `millrace parallel analyze` for many.',
    );
  }
  const chain = await openChain(session, options);
  const nameIn = createBlockNamer(chain, session.signal);
  const blocks: NamedBlock[] = [];
  for await (const block of readBlocks(session, chain, selection)) {
    blocks.push({ block, nameOf: await nameIn(block), chain });
  }
  return blocks[0] as NamedBlock;
}
