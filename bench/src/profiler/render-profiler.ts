import type { ProfilerReport } from './measure-profiler.ts';

const COMMAND = 'npm run bench -- profiler';

export function renderProfiler({ blocks, ranges }: ProfilerReport): string {
  const perBlock = blocks.map(({ transactions, seconds, peakMegabytes }) => {
    const each = ((1000 * seconds) / transactions).toFixed(2);
    return `| ${transactions} | ${seconds.toFixed(2)} | ${each} | ${peakMegabytes} |`;
  });
  const perRange = ranges.map(
    ({ blocks: count, transactions, seconds, peakMegabytes }) =>
      `| ${count} | ${transactions} | ${seconds.toFixed(2)} | ${peakMegabytes} |`,
  );
  return [
    '# The profiler',
    `What analysing a block of an anvil takes: asking the node, reading its answer as a stream, names, graph, and four engines on 4, 16 and 64 cores. Each in a process of its own; the peak is its resident memory, of which about 100 MB are Node and the loader of TypeScript. Written by \`${COMMAND} --update\`. It depends on the machine: two cores shared with the anvil that answers.`,
    `| transfers in the block | seconds | ms each | peak MB |\n|---:|---:|---:|---:|\n${perBlock.join('\n')}`,
    '## Ranges',
    `Blocks of twenty transfers, added up one at a time.`,
    `| blocks | transactions | seconds | peak MB |\n|---:|---:|---:|---:|\n${perRange.join('\n')}`,
  ].join('\n\n');
}
