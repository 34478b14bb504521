import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MillraceError } from '@millrace/protocol';

/** What people have made there is not part of a project. */
const LEFT_OUT = new Set(['node_modules', 'build', 'package-lock.json']);

/**
 * Copies the template of a job into a folder, which is made or empty.
 *
 * @returns the files, by their names in the folder
 * @throws {@link MillraceError} `FOLDER_NOT_EMPTY`, `FOLDER_REFUSED`
 */
export function createProject(folder: string): string[] {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new MillraceError(`${folder} is not empty.`, {
      code: 'FOLDER_NOT_EMPTY',
      fault: 'user',
      hint: 'Name a folder that does not exist yet.',
      details: { folder },
    });
  }
  const template = fileURLToPath(
    new URL('.', import.meta.resolve('@millrace/sandbox/template/package.json')),
  );
  try {
    cpSync(template, folder, { recursive: true, filter: (path) => !LEFT_OUT.has(basename(path)) });
    const manifest = join(folder, 'package.json');
    const name = toPackageName(basename(folder));
    const text = readFileSync(manifest, 'utf8').replace('"my-job"', JSON.stringify(name));
    writeFileSync(manifest, text);
  } catch (cause) {
    throw new MillraceError(`${folder} cannot be written.`, {
      code: 'FOLDER_REFUSED',
      fault: 'user',
      hint: 'Name a folder in which you may write.',
      details: { folder },
      cause,
    });
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** What npm lets a package be called. */
function toPackageName(text: string): string {
  const name = text.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');
  return name.replaceAll(/^-+|-+$/g, '') || 'my-job';
}
