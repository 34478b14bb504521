import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Solc } from './solc.ts';

const require = createRequire(import.meta.url);

/** Where an installed package is. */
export function folderOf(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}

/** The version of an installed package. */
export function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}

/** Loads a compiler, which takes half a second. @param name `solc`, or an alias for another version */
export function loadSolc(name: string): Solc {
  return require(name) as Solc;
}
