import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MillraceError } from '@millrace/protocol';
import { findNodeAtLocation, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type ConfigFile, configSchema } from './config-schema.ts';

/** Looked for in the folder where the CLI is started. */
export const CONFIG_FILE_NAME = 'millrace.config.json';

export type LoadedConfig = { path: string | undefined; values: ConfigFile };

/**
 * Reads `millrace.config.json`. Relative paths in it are relative to it.
 *
 * @param explicit a path somebody asked for; it must exist
 * @throws {@link MillraceError} `CONFIG_MISSING`, or `CONFIG_MALFORMED` with the path, the line and the column.
 */
export function loadConfig(cwd: string, explicit: string | undefined): LoadedConfig {
  const path = resolve(cwd, explicit ?? CONFIG_FILE_NAME);
  if (!existsSync(path)) {
    if (explicit === undefined) return { path: undefined, values: {} };
    throw new MillraceError(`There is no configuration file ${path}.`, {
      code: 'CONFIG_MISSING',
      fault: 'user',
      hint: `Check --config or MILLRACE_CONFIG, or leave both out to use ./${CONFIG_FILE_NAME}.`,
      details: { path },
    });
  }
  const values = parseConfig(readFileSync(path, 'utf8'), path);
  const fromHere = (file: string | undefined) =>
    file === undefined ? undefined : resolve(dirname(path), file);
  return {
    path,
    values: { ...values, deployment: fromHere(values.deployment), state: fromHere(values.state) },
  };
}

function parseConfig(text: string, path: string): ConfigFile {
  const problems: ParseError[] = [];
  const tree = parseTree(text, problems, { disallowComments: true });
  const [syntax] = problems;
  if (tree === undefined || syntax) {
    const reason = syntax ? words(printParseErrorCode(syntax.error)) : 'the file is empty';
    throw malformed(path, text, syntax?.offset ?? 0, reason);
  }
  const result = configSchema.safeParse(JSON.parse(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknownKey = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const location = [...(issue?.path ?? []), ...(unknownKey === undefined ? [] : [unknownKey])] as string[];
  const value = findNodeAtLocation(tree, location);
  const offset = value?.parent?.type === 'property' ? value.parent.offset : (value?.offset ?? 0);
  const field = location.length > 0 ? `“${location.join('.')}”: ` : '';
  throw malformed(path, text, offset, `${field}${unknownKey ? 'no such setting' : issue?.message}`);
}

function malformed(path: string, text: string, offset: number, reason: string): MillraceError {
  const before = text.slice(0, offset).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  return new MillraceError(`${path}:${line}:${column} is malformed: ${reason}.`, {
    code: 'CONFIG_MALFORMED',
    fault: 'user',
    hint: `Mend line ${line}. Known settings: ${Object.keys(configSchema.shape).join(', ')}.`,
    details: { path, line, column, reason },
  });
}

/** `CommaExpected` → `comma expected`. */
function words(code: string): string {
  return code.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}
