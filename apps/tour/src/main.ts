import { MillraceError } from '@millrace/protocol';
import { headless } from './headless.ts';
import { runLive } from './live/run-live.ts';
import { parseOptions, USAGE } from './options.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const LINGER_MILLISECONDS = 1_000;

async function main(signal: AbortSignal, stop: () => void): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  return options.headless ? headless(options, signal) : runLive(options, signal, stop);
}

/** As the CLI says it: what, its name, and below it what to do. */
function errorWords({ shortMessage, code, hint }: MillraceError): string {
  return `✗ ${shortMessage} [${code}]\n${hint === undefined ? '' : `  ${hint}\n`}`;
}

const stopping = new AbortController();
const stop = () => stopping.abort();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);

main(stopping.signal, stop)
  .catch((error: unknown) => {
    // Whoever was told to stop and could not finish has done what was asked.
    if (stopping.signal.aborted) return 0;
    const known = error instanceof MillraceError;
    process.stderr.write(known ? errorWords(error) : `${String(error)}\n`);
    return known && error.code === 'BAD_ARGUMENT' ? EXIT_USAGE : EXIT_FAILED;
  })
  .then((code) => {
    process.exitCode = code;
    // Whoever waits for a transaction of a chain that is gone would wait for minutes.
    setTimeout(() => process.exit(code), LINGER_MILLISECONDS).unref();
  });
