import type { SourceName } from '@millrace/parallel';
import { UsageError } from '../usage-error.ts';

/** Taken by every command that looks at blocks. */
export const readingOptions = {
  layout: {
    kind: 'list',
    value: 'path',
    about: 'storage layouts that name the variables: a folder or file of Foundry, Hardhat or solc',
  },
  label: { kind: 'list', value: 'address=name', about: 'what to call an address' },
  contract: {
    kind: 'list',
    value: 'address=layout',
    about: 'the layout of an address, such as 0x…=Token, where its code is not that of the layout',
  },
  source: { kind: 'text', value: 'method', about: 'how to ask the node; default: the best that it has' },
} as const;

/** What {@link readingOptions} read as. */
export type ReadingOptions = {
  layout: readonly string[];
  label: readonly string[];
  contract: readonly string[];
  source: string | undefined;
};

const SOURCES = [
  'trace_replayBlockTransactions',
  'debug_traceBlockByNumber',
  'debug_traceTransaction',
  'eth_getBlockAccessList',
  'eth_createAccessList',
] as const satisfies readonly SourceName[];

/** @throws {@link UsageError} `INVALID_SOURCE` */
export function parseSource(text: string): SourceName {
  const found = SOURCES.find((each) => each === text);
  if (found) return found;
  throw new UsageError(
    `There is no source “${text}”.`,
    'INVALID_SOURCE',
    `Choose one of ${SOURCES.join(', ')}.`,
  );
}

/** Reads `0x…=USDC`. @throws {@link UsageError} `INVALID_LABEL` */
export function parseLabels(labels: readonly string[]): Map<string, string> {
  return new Map(
    labels.map((text) => {
      const found = /^(0x[0-9a-f]{40})=(.+)$/i.exec(text);
      if (found) return [found[1]?.toLowerCase() ?? '', found[2] ?? ''];
      throw new UsageError(`“${text}” is no label.`, 'INVALID_LABEL', 'Write 0x…=USDC.');
    }),
  );
}

/** Numbers of cores such as `4,16,64`. @throws {@link UsageError} `INVALID_CORES` */
export function parseCores(text: string | undefined): number[] | undefined {
  if (text === undefined) return undefined;
  const cores = text.split(',').map(Number);
  if (cores.every((each) => Number.isSafeInteger(each) && each >= 1 && each <= 4096)) return cores;
  throw new UsageError(
    `“${text}” is no list of cores.`,
    'INVALID_CORES',
    'Write 4,16,64: whole numbers from 1 to 4096.',
  );
}
