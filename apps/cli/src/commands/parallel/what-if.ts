import {
  boundOf,
  boundWithout,
  buildConflictGraph,
  findHotVariables,
  findVariableKeys,
} from '@millrace/parallel';
import { defineCommand } from '../../command.ts';
import { blocksArgument } from '../../parallel/block-selection.ts';
import { readingOptions } from '../../parallel/options.ts';
import { readOneBlock } from '../../parallel/read-one-block.ts';
import { UsageError } from '../../usage-error.ts';

export const parallelWhatIf = defineCommand({
  path: 'parallel what-if',
  summary: 'How fast a block could be if a variable were sharded, kept per user, or merged',
  details:
    'Several variables are taken away together. `*` stands for anything, the contract may be left out.',
  arguments: { block: blocksArgument },
  options: {
    ...readingOptions,
    shard: { kind: 'list', value: 'variable', about: 'a name as `parallel analyze` gives it' },
  },
  examples: ['parallel what-if --shard Pool.totalSupply', 'parallel what-if 120 --shard "Pool._reserves*"'],
  run: async (session, { arguments: { block: words }, options }) => {
    if (options.shard.length === 0) {
      throw new UsageError(
        'Say which variable: --shard <variable>.',
        'MISSING_ARGUMENT',
        '`millrace parallel analyze` lists those at which somebody waits.',
      );
    }
    const { block, nameOf } = await readOneBlock(session, words, options);
    const graph = buildConflictGraph(block.transactions);
    const keys = findVariableKeys(graph, nameOf, options.shard);
    const [before, after] = [boundOf(graph), boundWithout(block.transactions, keys)];
    const without = buildConflictGraph(block.transactions, {
      writes: 'changed',
      mergesBalances: true,
      ignores: (key) => keys.has(key),
    });
    const next = findHotVariables(block.transactions, without, nameOf)[0];
    const names = options.shard.join(' and ');
    const then = next
      ? `Then most wait at ${next.variable} (${next.waiting} of ${block.transactions.length}).`
      : 'Then nobody waits for anybody.';
    return {
      data: {
        block: block.number,
        sharded: options.shard,
        slots: keys.size,
        boundBefore: before,
        boundAfter: after,
        next: next?.variable ?? null,
      },
      text: `Without ${names} (${keys.size} slots): ${before.toFixed(2)}× → ${after.toFixed(2)}×, with any number of cores.\n${then}`,
    };
  },
});
