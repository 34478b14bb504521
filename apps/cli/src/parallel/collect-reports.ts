import {
  type BlockAccess,
  type BlockReport,
  type NameOf,
  ParallelError,
  type RangeReport,
  RangeTotals,
  reportBlock,
} from '@millrace/parallel';
import { Interrupted } from '../interrupted.ts';
import type { Session } from '../session.ts';
import { type BlockSelection, isRange } from './block-selection.ts';
import { createBlockNamer } from './name-block.ts';
import { openChain } from './open-chain.ts';
import type { ReadingOptions } from './options.ts';
import { readBlocks } from './read-blocks.ts';

/** One block with all there is to say about it, or many added up. */
export type Collected =
  | { kind: 'block'; block: BlockAccess; report: BlockReport; nameOf: NameOf }
  | { kind: 'range'; report: RangeReport };

/**
 * Reads and judges the chosen blocks, one at a time. Ctrl-C ends a range early: what had been read is returned as partial.
 *
 * @throws {@link Interrupted} when nothing had been read, and what reading throws
 */
export async function collectReports(
  session: Session,
  selection: BlockSelection,
  options: ReadingOptions,
): Promise<Collected> {
  const chain = await openChain(session, options);
  const nameIn = createBlockNamer(chain, session.signal);
  const totals = new RangeTotals(chain.source);
  let isPartial = false;
  try {
    for await (const block of readBlocks(session, chain, selection)) {
      const nameOf = await nameIn(block);
      const report = reportBlock(block, chain.source, { nameOf });
      if (!isRange(selection)) return { kind: 'block', block, report, nameOf };
      totals.add(report);
    }
  } catch (error) {
    if (!(error instanceof ParallelError) || error.code !== 'INTERRUPTED') throw error;
    if (totals.isEmpty) throw new Interrupted();
    isPartial = true;
  }
  return { kind: 'range', report: totals.report(isPartial) };
}
