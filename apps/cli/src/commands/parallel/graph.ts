import { buildConflictGraph, type ConflictGraph, type NameOf } from '@millrace/parallel';
import { defineCommand } from '../../command.ts';
import { blocksArgument } from '../../parallel/block-selection.ts';
import { readingOptions } from '../../parallel/options.ts';
import { readOneBlock } from '../../parallel/read-one-block.ts';

export const parallelGraph = defineCommand({
  path: 'parallel graph',
  summary: 'Who waits for whom in a block, and at what',
  arguments: { block: blocksArgument },
  options: {
    ...readingOptions,
    dot: { kind: 'flag', about: 'as a graph for Graphviz: pipe it into `dot -Tsvg`' },
  },
  examples: [
    'parallel graph',
    'parallel graph 120 --dot | dot -Tsvg > graph.svg',
    'parallel graph 120 --json',
  ],
  run: async (session, { arguments: { block: words }, options }) => {
    const { block, nameOf } = await readOneBlock(session, words, options);
    const graph = buildConflictGraph(block.transactions);
    const edges = graph.edges.map(({ from, to, keys }) => ({
      from,
      to,
      at: keys.map((key) => ({ key, name: nameOf(key).text, variable: nameOf(key).variable })),
    }));
    const transactions = block.transactions.map(({ index, hash, from, to, selector, gas }) => ({
      index,
      hash,
      from,
      to,
      selector,
      gas,
    }));
    return {
      data: { block: block.number, transactions, edges },
      text: options.dot ? renderDot(graph, nameOf) : renderLines(graph, nameOf, block.number),
    };
  },
});

function renderLines(graph: ConflictGraph, nameOf: NameOf, number: bigint): string {
  if (graph.edges.length === 0) return `In block ${number} nobody waits for anybody.`;
  return graph.edges
    .map(
      ({ from, to, keys }) => `${to} waits for ${from} at ${keys.map((key) => nameOf(key).text).join(', ')}`,
    )
    .join('\n');
}

function renderDot(graph: ConflictGraph, nameOf: NameOf): string {
  const nodes = graph.gas.map((gas, index) => `  ${index} [label="${index}\\n${gas} gas"];`);
  const edges = graph.edges.map(({ from, to, keys }) => {
    const names = [...new Set(keys.map((key) => nameOf(key).variable))];
    return `  ${from} -> ${to} [label=${JSON.stringify(names.join('\n'))}];`;
  });
  return ['digraph block {', '  rankdir=LR; node [shape=box];', ...nodes, ...edges, '}'].join('\n');
}
