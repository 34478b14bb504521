import { MillraceError } from '@millrace/protocol';
import { headless } from './headless.ts';
import { parseOptions, USAGE } from './options.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  return headless(options);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof MillraceError;
    process.stderr.write(`${known ? `${error.code}: ${error.message}` : String(error)}\n`);
    process.exitCode = known && error.code === 'BAD_ARGUMENT' ? EXIT_USAGE : EXIT_FAILED;
  },
);
