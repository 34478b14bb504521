import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { CONFIG_FILE_NAME, loadConfig } from './config-file.ts';

/** The options that every command takes, as commander hands them over. */
export type GlobalOptions = {
  json?: boolean;
  rpc?: string;
  chain?: string;
  deployment?: string;
  market?: string;
  state?: string;
  config?: string;
  timeout?: string;
};

/** What the CLI works with, and where each came from, for `millrace doctor`. */
export type Settings = {
  rpc: { url: string; from: string } | undefined;
  /** The chain id that the node must have. */
  chainId: number | undefined;
  deployment: { path: string; from: string } | undefined;
  market: string | undefined;
  /** Name or path of the keystore that the configuration chose. */
  keystore: string | undefined;
  /** Where the local chain keeps its files. */
  stateFolder: string;
  keyFolder: string;
  timeoutMilliseconds: number;
  configPath: string | undefined;
};

const DEFAULT_TIMEOUT_SECONDS = 15;

/**
 * Option, then environment, then file, then default.
 *
 * @throws {@link UsageError} when an option or a variable is no URL or no number, and what `loadConfig` throws.
 */
export function resolveSettings(
  options: GlobalOptions,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Settings {
  const { path, values } = loadConfig(cwd, options.config ?? env.MILLRACE_CONFIG);
  const file = path ?? CONFIG_FILE_NAME;
  const rpc = firstOf([options.rpc, '--rpc'], [env.MILLRACE_RPC, 'MILLRACE_RPC'], [values.rpc, file]);
  if (rpc) checkUrl(rpc.value, rpc.from);
  const deployment = firstOf(
    [options.deployment, '--deployment'],
    [env.MILLRACE_DEPLOYMENT, 'MILLRACE_DEPLOYMENT'],
    [values.deployment, file],
  );
  const chain = firstOf([options.chain, '--chain'], [env.MILLRACE_CHAIN, 'MILLRACE_CHAIN']);
  const timeout = firstOf([options.timeout, '--timeout'], [env.MILLRACE_TIMEOUT, 'MILLRACE_TIMEOUT']);
  const seconds = timeout
    ? positive(timeout.value, timeout.from)
    : (values.timeout ?? DEFAULT_TIMEOUT_SECONDS);
  return {
    rpc: rpc && { url: rpc.value, from: rpc.from },
    chainId: chain ? positive(chain.value, chain.from, true) : values.chain,
    deployment: deployment && { path: resolve(cwd, deployment.value), from: deployment.from },
    market: options.market ?? env.MILLRACE_MARKET ?? values.market,
    keystore: env.MILLRACE_KEYSTORE ?? values.keystore,
    stateFolder: resolve(cwd, options.state ?? env.MILLRACE_HOME ?? values.state ?? '.millrace'),
    keyFolder: resolve(cwd, env.MILLRACE_KEYS ?? join(homedir(), '.millrace', 'keys')),
    timeoutMilliseconds: Math.round(seconds * 1000),
    configPath: path,
  };
}

function firstOf(...candidates: readonly (readonly [value: string | undefined, from: string])[]) {
  for (const [value, from] of candidates) if (value !== undefined && value !== '') return { value, from };
  return undefined;
}

function checkUrl(text: string, from: string): void {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return;
  throw new UsageError(
    `“${text}” (${from}) is no http(s) URL.`,
    'INVALID_RPC_URL',
    'Write it like http://127.0.0.1:8545.',
  );
}

function positive(text: string, from: string, whole = false): number {
  const number = Number(text);
  if (number > 0 && Number.isFinite(number) && (!whole || Number.isSafeInteger(number))) return number;
  const wanted = whole ? 'a whole number above 0' : 'a number above 0';
  throw new UsageError(`“${text}” (${from}) is not ${wanted}.`, 'INVALID_OPTION');
}
