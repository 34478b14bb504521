import { parseRuleName, RULE_NAMES, renderSimulations, simulate } from '@millrace/parallel';
import { defineCommand } from '../../command.ts';
import { blocksArgument } from '../../parallel/block-selection.ts';
import { parseCores, readingOptions } from '../../parallel/options.ts';
import { readOneBlock } from '../../parallel/read-one-block.ts';

export const parallelSimulate = defineCommand({
  path: 'parallel simulate',
  summary: 'How fast engines with so many cores would run a block',
  arguments: { block: blocksArgument },
  options: {
    ...readingOptions,
    cores: { kind: 'text', value: 'list', about: 'numbers of cores; default: 4,16,64' },
    rule: { kind: 'list', value: 'name', about: `${RULE_NAMES.join(', ')}; default: all` },
  },
  examples: ['parallel simulate', 'parallel simulate 120 --cores 8,32 --rule monad'],
  run: async (session, { arguments: { block: words }, options }) => {
    const cores = parseCores(options.cores);
    const rules = options.rule.map(parseRuleName);
    const { block } = await readOneBlock(session, words, options);
    const simulations = simulate(block, {
      ...(cores && { cores }),
      ...(rules.length > 0 && { rules }),
    });
    return {
      data: { block: block.number, transactions: block.transactions.length, simulations },
      text: `Block ${block.number}, ${block.transactions.length} transactions\n\n${renderSimulations(simulations)}`,
    };
  },
});
