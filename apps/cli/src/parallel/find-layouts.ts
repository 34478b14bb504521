import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Layout, ParallelError, readLayouts } from '@millrace/parallel';
import { MillraceError } from '@millrace/protocol';

/** Where Foundry and Hardhat write what they compile, looked for when nobody says where. */
const USUAL_PLACES = ['out', 'contracts/out', 'artifacts/build-info'];

/** What was found, and what of it could not be used. */
export type FoundLayouts = { layouts: Layout[]; notes: string[] };

/**
 * Reads storage layouts from files and folders, folders with all that is in them.
 *
 * @param paths relative to `cwd`; when empty, the usual places are looked at
 * @throws {@link MillraceError} `LAYOUT_MISSING` when a path is not there, {@link ParallelError} `BAD_LAYOUT` when a file that
 * was named itself cannot be used, or none in a named folder can
 */
export function findLayouts(paths: readonly string[], cwd: string): FoundLayouts {
  if (paths.length > 0) return merge(paths.map((path) => readPath(resolve(cwd, path))));
  const usual = USUAL_PLACES.map((place) => join(cwd, place)).filter((place) => existsSync(place));
  return merge(usual.map((place) => readFolder(place).found));
}

function readPath(path: string): FoundLayouts {
  if (!existsSync(path)) {
    throw new MillraceError(`There is no ${path}.`, {
      code: 'LAYOUT_MISSING',
      fault: 'user',
      hint: 'Build the contracts first, or name another file or folder with --layout.',
      details: { path },
    });
  }
  if (!statSync(path).isDirectory()) return { layouts: readFile(path), notes: [] };
  const { found, failures } = readFolder(path);
  if (found.layouts.length === 0 && failures[0]) throw failures[0];
  return found;
}

function readFolder(path: string): { found: FoundLayouts; failures: ParallelError[] } {
  const layouts: Layout[] = [];
  const failures: ParallelError[] = [];
  for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.json')) continue;
    try {
      layouts.push(...readFile(join(path, name)));
    } catch (error) {
      if (!(error instanceof ParallelError)) throw error;
      failures.push(error);
    }
  }
  const notes = layouts.length === 0 && failures[0] ? [`No layout in ${path}: ${failures[0].message}`] : [];
  return { found: { layouts, notes }, failures };
}

function readFile(path: string): Layout[] {
  return readLayouts(readFileSync(path, 'utf8'), { name: basename(path, '.json') });
}

function merge(all: readonly FoundLayouts[]): FoundLayouts {
  return { layouts: all.flatMap(({ layouts }) => layouts), notes: all.flatMap(({ notes }) => notes) };
}
