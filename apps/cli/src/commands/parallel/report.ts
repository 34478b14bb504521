import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { renderBlockHtml, renderRangeHtml } from '@millrace/parallel';
import { MillraceError } from '@millrace/protocol';
import { defineCommand } from '../../command.ts';
import { EXIT } from '../../exit-code.ts';
import { blocksArgument, parseBlocks } from '../../parallel/block-selection.ts';
import { type Collected, collectReports } from '../../parallel/collect-reports.ts';
import { readingOptions } from '../../parallel/options.ts';

export const parallelReport = defineCommand({
  path: 'parallel report',
  summary: 'A page about a block or a range: lanes, who waited for whom, hot variables, what each costs',
  details:
    'The page is one file that needs nothing else and runs no scripts. Ctrl-C leaves a page of what had been read.',
  arguments: { blocks: blocksArgument },
  options: {
    ...readingOptions,
    html: { kind: 'text', value: 'file', about: 'where to write it; default: parallel-report.html' },
  },
  examples: ['parallel report --html block.html', 'parallel report last 50 --html week.html'],
  endsOnInterrupt: true,
  run: async (session, { arguments: { blocks = [] }, options }) => {
    const found = await collectReports(session, parseBlocks(blocks), options);
    const path = resolve(session.cwd, options.html ?? 'parallel-report.html');
    write(path, render(found));
    const isPartial = found.kind === 'range' && found.report.isPartial;
    const { bound } = found.report;
    return {
      data: { path, blocks: found.kind === 'range' ? found.report.blocks.length : 1, bound, isPartial },
      text: `${session.terminal.colors.green('✓')} ${path}: ${about(found)}, at most ${bound.toFixed(2)}× faster.`,
      exitCode: isPartial ? EXIT.interrupted : EXIT.ok,
    };
  },
});

function render(found: Collected): string {
  if (found.kind === 'range') return renderRangeHtml(found.report);
  return renderBlockHtml(found.block, found.report, found.nameOf);
}

function about(found: Collected): string {
  if (found.kind === 'block') return `block ${found.block.number}`;
  return `${found.report.blocks.length} blocks${found.report.isPartial ? ', stopped before the end' : ''}`;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (cause) {
    throw new MillraceError(`${path} cannot be written.`, {
      code: 'CANNOT_WRITE',
      fault: 'user',
      hint: 'Name a file in a folder that exists and is yours with --html.',
      details: { path },
      cause,
    });
  }
}
