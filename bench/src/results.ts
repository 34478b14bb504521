import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../results/', import.meta.url));

/** The committed result of a bench. */
export function readResult(name: string): unknown {
  return JSON.parse(readFileSync(`${FOLDER}${name}.json`, 'utf8'));
}

/** Replaces the committed result of a bench and its table. */
export function writeResult(name: string, result: unknown, table: string): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(`${FOLDER}${name}.md`, `${table}\n`);
}
