import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Layout, ParallelError, readLayouts } from '@millrace/parallel';
import { MillraceError } from '@millrace/protocol';

/** Where Foundry and Hardhat write what they compile, looked for when nobody says where. */
const USUAL_PLACES = ['out', 'contracts/out-release', 'contracts/out', 'artifacts/build-info'];

/**
 * Reads storage layouts from files and folders, folders with all that is in them.
 *
 * @param paths relative to `cwd`; when empty, the usual places are looked at, and what is of no use there is left out
 * @throws {@link MillraceError} `LAYOUT_MISSING` when a path is not there, {@link ParallelError} `BAD_LAYOUT` when a file that
 * was named itself cannot be used, or none in a named folder can
 */
export function findLayouts(paths: readonly string[], cwd: string): Layout[] {
  if (paths.length > 0) return paths.flatMap((path) => readPath(resolve(cwd, path)));
  const usual = USUAL_PLACES.map((place) => join(cwd, place)).filter((place) => existsSync(place));
  return usual.flatMap((place) => readFolder(place).layouts);
}

function readPath(path: string): Layout[] {
  if (!existsSync(path)) {
    throw new MillraceError(`There is no ${path}.`, {
      code: 'LAYOUT_MISSING',
      fault: 'user',
      hint: 'Build the contracts first, or name another file or folder with --layout.',
      details: { path },
    });
  }
  if (!statSync(path).isDirectory()) return readFile(path);
  const { layouts, failures } = readFolder(path);
  if (layouts.length === 0 && failures[0]) throw failures[0];
  return layouts;
}

function readFolder(path: string): { layouts: Layout[]; failures: ParallelError[] } {
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
  return { layouts, failures };
}

function readFile(path: string): Layout[] {
  return readLayouts(readFileSync(path, 'utf8'), { name: basename(path, '.json') });
}
