import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';
import { configSchema, type KeeperConfig } from './schema.ts';

/**
 * Reads and checks a configuration file (JSON). Paths in it are relative to it.
 *
 * @throws {@link ConfigError} `CONFIG_MISSING`, `CONFIG_MALFORMED` or `CONFIG_INVALID`, which names every wrong field.
 */
export async function loadConfig(path: string): Promise<KeeperConfig> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`The configuration ${path} cannot be read.`, {
      code: 'CONFIG_MISSING',
      hint: 'Give its path with --config; docs/operate/keeper.md has an example.',
      details: { path },
      cause,
    });
  });
  const config = checkConfig(parseJson(text, path), path);
  const folder = dirname(resolve(path));
  config.journal = resolve(folder, config.journal);
  if ('keystore' in config.signer) config.signer.keystore = resolve(folder, config.signer.keystore);
  for (const { source } of config.prices) if ('file' in source) source.file = resolve(folder, source.file);
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

function checkConfig(data: unknown, path: string): KeeperConfig {
  const result = configSchema.safeParse(data);
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
