import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { type NodeConfig, nodeConfigSchema } from './schema.ts';

/**
 * Reads and checks a configuration file (JSON). Paths in it are relative to it.
 *
 * @throws {@link ConfigError} `CONFIG_MISSING`, `CONFIG_MALFORMED` or `CONFIG_INVALID`, which names every wrong field.
 */
export async function loadConfig(path: string): Promise<NodeConfig> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The configuration ${path} cannot be read.`, {
      code: 'CONFIG_MISSING',
      hint: 'Give its path with --config, or write one with `millrace node init`.',
      details: { path },
      cause,
    });
  });
  const config = checkConfig(parseJson(text, path), path);
  const folder = dirname(resolve(path));
  config.folder = resolve(folder, config.folder);
  if ('keyFile' in config.signer) config.signer.keyFile = resolve(folder, config.signer.keyFile);
  return config;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(`The configuration ${path} is not JSON.`, {
      code: 'CONFIG_MALFORMED',
      hint: (cause as Error).message,
      details: { path },
      cause,
    });
  }
}

/**
 * Checks a configuration, and fills in what it leaves out.
 *
 * @throws {@link ConfigError} `CONFIG_INVALID`, which names every wrong field.
 */
export function checkConfig(data: unknown, path = 'given'): NodeConfig {
  const result = nodeConfigSchema.safeParse(data);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  );
  throw new ConfigError(`The configuration ${path} has ${problems.length} wrong fields.`, {
    code: 'CONFIG_INVALID',
    hint: `${problems.join('; ')}.`,
    details: { path, problems },
  });
}
