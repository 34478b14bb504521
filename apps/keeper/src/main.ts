#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { takeLock } from '@millrace/journal';
import { MillraceError } from '@millrace/protocol';
import { createSinks } from './alerts/create-sinks.ts';
import { loadAccount } from './config/load-account.ts';
import { loadConfig } from './config/load-config.ts';
import type { KeeperConfig } from './config/schema.ts';
import { ConfigError } from './errors.ts';
import { openJournal, openMemoryJournal } from './journal/journal.ts';
import { createKeeper } from './keeper.ts';
import { createLog, type Log } from './log.ts';
import { type MetricsServer, serveMetrics } from './metrics/metrics-server.ts';
import { type Pace, pollPace } from './pace/pace.ts';
import { stepPace } from './pace/step-pace.ts';

const USAGE = `millrace-keeper --config <file> [--dry-run] [--step]

  --config <file>  what to keep; see docs/operate/keeper.md
  --dry-run        decide and simulate, send nothing, alert only here; may run beside a keeper
  --step           one round for each line on stdin, answered by one line of JSON on stdout; logs go to stderr
`;

/** 0: stopped in order. 1: something outside failed for good. 2: what the operator gave cannot be used. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(): Promise<void> {
  const options = readArguments();
  if (options.help) return void process.stdout.write(USAGE);
  const config = await loadConfig(options.config);
  const output = options.step ? process.stderr : process.stdout;
  const log = createLog(config.log, output);
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      log.info({ signal }, 'stopping');
      stopping.abort();
    });
  }
  const pace = options.step
    ? stepPace(process.stdin, process.stdout, () => stopping.abort())
    : pollPace(config.chain.pollSeconds);
  await (options.dryRun ? rehearse : keep)(config, log, pace, stopping.signal);
  log.info('stopped');
}

async function keep(config: KeeperConfig, log: Log, pace: Pace, signal: AbortSignal): Promise<void> {
  const account = await loadAccount(config.signer, process.env);
  const sinks = createSinks(config.alerts, process.env, log);
  const lock = await takeLock(`${config.journal}.lock`, {
    name: 'keeper',
    hint: 'Stop it first, or give this one its own journal and its own account.',
  });
  try {
    const journal = await openJournal(config.journal);
    const { state, droppedBytes } = journal;
    log.info(
      { journal: config.journal, open: state.intents.size, alerts: state.alerts.size, droppedBytes },
      'journal',
    );
    const keeper = createKeeper({
      config,
      account,
      sinks,
      journal,
      verifyLock: lock.verify,
      log,
      dryRun: false,
      pace,
    });
    const server = config.metrics === false ? undefined : await serve(config.metrics, keeper, log);
    try {
      await keeper.run(signal);
    } finally {
      await server?.close();
      await journal.close();
    }
  } finally {
    await lock.release();
  }
}

async function rehearse(config: KeeperConfig, log: Log, pace: Pace, signal: AbortSignal): Promise<void> {
  const account = await loadAccount(config.signer, process.env);
  const journal = openMemoryJournal();
  const sinks = createSinks({ ...config.alerts, console: true, webhooks: [] }, process.env, log);
  const verifyLock = async () => {};
  const keeper = createKeeper({ config, account, sinks, journal, verifyLock, log, dryRun: true, pace });
  await keeper.run(signal);
}

async function serve(
  listen: Exclude<KeeperConfig['metrics'], false>,
  { metrics, health }: ReturnType<typeof createKeeper>,
  log: Log,
): Promise<MetricsServer> {
  const server = await serveMetrics(listen, metrics, health);
  log.info({ port: server.port }, 'serving /metrics and /healthz');
  return server;
}

function readArguments(): { config: string; dryRun: boolean; step: boolean; help: boolean } {
  const values = parse();
  const help = values.help === true;
  if (!help && values.config === undefined) {
    throw new ConfigError('No configuration was given.', { code: 'CONFIG_MISSING', hint: USAGE });
  }
  return {
    config: values.config ?? '',
    dryRun: values['dry-run'] === true,
    step: values.step === true,
    help,
  };
}

function parse() {
  try {
    return parseArgs({
      options: {
        config: { type: 'string' },
        'dry-run': { type: 'boolean' },
        step: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (cause) {
    throw new ConfigError((cause as Error).message, { code: 'USAGE', hint: USAGE, cause });
  }
}

main().catch((error: unknown) => {
  const known = error instanceof MillraceError;
  const text = known ? error.toJSON() : { name: 'Error', message: String(error) };
  process.stderr.write(`${JSON.stringify({ level: 'fatal', error: text })}\n`);
  process.exitCode = known && error.fault === 'user' ? EXIT_USAGE : EXIT_FAILED;
});
