import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ParallelError } from '@millrace/parallel';
import { z } from 'zod';

const announcement = z.object({
  rpc: z.url({ protocol: /^https?$/ }),
  blocks: z.union([z.string(), z.int()]).transform(String).default('latest'),
  labels: z.record(z.string(), z.string()).default({}),
  contracts: z.record(z.string(), z.string()).default({}),
  layouts: z.array(z.string()).default([]),
});

/** A chain that a scenario has prepared, and what is known about its names; `contracts`: names of layouts by address. */
export type Scenario = z.infer<typeof announcement> & { stop: () => Promise<void> };

const PATIENCE_MILLISECONDS = 300_000;

/**
 * Runs a command that prepares a chain and prints one line of JSON, `{"rpc": "http://…", "blocks": "12", "labels": {}}`. It
 * is to end when its standard input closes.
 *
 * @param words the command; a first word `node` is the Node that runs this
 * @throws {@link ParallelError} `SCENARIO_FAILED`
 */
export function startScenario(
  words: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<Scenario> {
  const [program = '', ...args] = words;
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: folder,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => resolve(by ? `it was ended by ${by}` : `it ended with code ${code}`));
  });
  const stop = async () => {
    child.stdin.end();
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(patience);
  };
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGTERM');
      const message = `The scenario “${words.join(' ')}” did not say where its chain is: ${why}.`;
      const hint =
        'It has to print one line of JSON such as {"rpc": "http://127.0.0.1:8545", "blocks": "12"}.';
      reject(new ParallelError(message, { code: 'SCENARIO_FAILED', fault: 'user', hint }));
    };
    const patience = setTimeout(() => fail('it took more than five minutes'), PATIENCE_MILLISECONDS);
    signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
    void ended.then((why) => {
      clearTimeout(patience);
      fail(why);
    });
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(patience);
      const parsed = announcement.safeParse(parseJson(line));
      if (parsed.success) resolve({ ...parsed.data, stop });
      else fail(`it printed “${line.slice(0, 120)}”`);
    });
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
