#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { MillraceError } from '@millrace/protocol';
import { encodeWire } from '@millrace/protocol/wire';
import { loadAccount } from './config/load-account.ts';
import { loadConfig } from './config/load-config.ts';
import { ConfigError } from './errors.ts';
import { createLog } from './log.ts';
import { startNode } from './node.ts';

const USAGE = `millrace-node start --config <file>
millrace-node benchmark [--seconds <number>] [--threads <number>] [--hourly <base units>] [--json]

  start       sells the work of this machine until it is told to stop (SIGINT, SIGTERM)
  benchmark   measures this machine; --json prints what a configuration wants, --hourly also a price that earns as much
              in an hour of one job
`;

/** 1: something outside failed for good. 2: what the operator gave cannot be used. */
const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(): Promise<void> {
  const { values, positionals } = readArguments();
  if (values.help) return void process.stdout.write(USAGE);
  const [verb] = positionals;
  if (verb === 'benchmark') return benchmark(values);
  if (verb !== 'start') throw usage(verb === undefined ? 'What shall be done?' : `“${verb}” is no command.`);
  if (values.config === undefined) throw usage('No configuration was given.');
  await start(values.config);
}

async function start(path: string): Promise<void> {
  const config = await loadConfig(path);
  const log = await createLog(config.log, process.stdout);
  const account = await loadAccount(config.signer, process.env);
  const stopping = new Promise<string>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  const node = await startNode({ config, account, log });
  const signal = await stopping;
  log.info({ signal }, 'stopping');
  await node.close();
  log.info('stopped');
}

async function benchmark(wishes: {
  seconds?: string;
  threads?: string;
  hourly?: string;
  json?: boolean;
}): Promise<void> {
  // Only here: who sells does not measure.
  const { measureHardware } = await import('./hardware/measure-hardware.ts');
  const { suggestPrice } = await import('./hardware/suggest-price.ts');
  if (!/^\d*$/.test(wishes.hourly ?? '')) throw usage('--hourly is in whole base units of the token.');
  const hourly = wishes.hourly ? BigInt(wishes.hourly) : undefined;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const report = await measureHardware({ seconds: number(wishes.seconds), threads: number(wishes.threads) });
  const { formatHardware } = await import('./hardware/format-hardware.ts');
  const { fuelPerSecond } = report.hardware;
  const price = hourly === undefined ? undefined : suggestPrice({ hourly, fuelPerSecond });
  const lines = formatHardware(report);
  if (price) lines.push(`Price: perFuelWad ${price.perFuelWad}`);
  process.stdout.write(`${wishes.json ? encodeWire({ ...report, price }) : lines.join('\n')}\n`);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        config: { type: 'string' },
        seconds: { type: 'string' },
        threads: { type: 'string' },
        hourly: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (cause) {
    throw usage((cause as Error).message);
  }
}

function usage(words: string): ConfigError {
  return new ConfigError(words, { code: 'USAGE', hint: USAGE });
}

main().catch((error: unknown) => {
  const known = error instanceof MillraceError;
  const text = known ? error.toJSON() : { name: 'Error', message: String(error) };
  process.stderr.write(`${JSON.stringify({ level: 'fatal', error: text })}\n`);
  process.exitCode = known && error.fault === 'user' ? EXIT_USAGE : EXIT_FAILED;
});
