import { renderBlockText, renderRangeText } from '@millrace/parallel';
import { defineCommand } from '../../command.ts';
import { EXIT } from '../../exit-code.ts';
import { blocksArgument, parseBlocks } from '../../parallel/block-selection.ts';
import { collectReports } from '../../parallel/collect-reports.ts';
import { readingOptions } from '../../parallel/options.ts';

export const parallelAnalyze = defineCommand({
  path: 'parallel analyze',
  summary: 'Which variable makes the transactions of a block wait for each other, and how fast it could run',
  details:
    'Works on any chain whose node can trace. Several blocks are added up one at a time; Ctrl-C then shows what had been read.',
  arguments: { blocks: blocksArgument },
  options: readingOptions,
  examples: [
    'parallel analyze',
    'parallel analyze last 100 --layout out',
    'parallel analyze 19000000 --rpc https://my-node --json',
  ],
  endsOnInterrupt: true,
  run: async (session, { arguments: { blocks = [] }, options }) => {
    const found = await collectReports(session, parseBlocks(blocks), options);
    if (found.kind === 'block') return { data: found.report, text: renderBlockText(found.report) };
    const exitCode = found.report.isPartial ? EXIT.interrupted : EXIT.ok;
    return { data: found.report, text: renderRangeText(found.report), exitCode };
  },
});
