import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MillraceError } from '@millrace/protocol';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';

/** In which variable the daemon finds its key: it is never on a disk or a command line. */
export const NODE_KEY_VARIABLE = 'MILLRACE_NODE_KEY';

/** What `node init` was told and the daemon need not know. */
const recordSchema = z.strictObject({
  name: z.string(),
  address: z.templateLiteral(['0x', z.string()]),
  endpoint: z.string(),
  /** How its key is found again. */
  signer: z.union([z.strictObject({ as: z.string() }), z.strictObject({ keystore: z.string() }), z.null()]),
});
export type NodeRecord = z.infer<typeof recordSchema>;

/** Where a node of this machine keeps its files. */
export function nodeFiles(stateFolder: string, name: string) {
  const folder = join(stateFolder, 'nodes', name);
  return {
    folder,
    record: join(folder, 'node.json'),
    config: join(folder, 'config.json'),
    log: join(folder, 'node.log'),
    data: join(folder, 'data'),
    token: join(folder, 'data', 'operator.token'),
  };
}

/** The nodes of this folder, by name. */
export function nodeNames(stateFolder: string): string[] {
  const folder = join(stateFolder, 'nodes');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(nodeFiles(stateFolder, name).record))
    .sort();
}

/**
 * The node that is meant: the one that is named, else the only one.
 *
 * @throws {@link UsageError} `UNKNOWN_NODE`, `AMBIGUOUS_NODE`; {@link MillraceError} `NODE_RECORD_DAMAGED`
 */
export function readNode(stateFolder: string, named: string | undefined): NodeRecord {
  const names = nodeNames(stateFolder);
  const [only, ...others] = named === undefined ? names : names.filter((name) => name === named);
  if (only === undefined) {
    throw new UsageError(
      named === undefined ? 'There is no node in this folder.' : `There is no node “${named}”.`,
      'UNKNOWN_NODE',
      names.length > 0 ? `There are: ${names.join(', ')}.` : 'Make one with `millrace node init`.',
    );
  }
  if (others.length > 0) {
    throw new UsageError('There are several nodes.', 'AMBIGUOUS_NODE', `Name one of: ${names.join(', ')}.`);
  }
  const path = nodeFiles(stateFolder, only).record;
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new MillraceError(`${path} cannot be read.`, {
      code: 'NODE_RECORD_DAMAGED',
      fault: 'user',
      hint: 'Run `millrace node init` again; the earnings of the node stay where they are.',
      details: { path },
      cause,
    });
  }
}

/** @throws {@link UsageError} `INVALID_NODE_NAME` */
export function requireNodeName(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,31}$/.test(name)) return name;
  throw new UsageError(
    `“${name}” is no name of a node.`,
    'INVALID_NODE_NAME',
    'Use small letters, digits and dashes.',
  );
}
