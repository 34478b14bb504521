import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevnetClient, type DevnetClient, loadDeployment } from '@millrace/devnet';
import { millraceHere } from './run-here.ts';
import { millrace, type Run, type RunOptions } from './run-millrace.ts';

/** A local chain of the CLI's own, in a folder of its own. */
export type Playground = {
  cwd: string;
  state: string;
  rpc: string;
  client: DevnetClient;
  /** A process of its own. */
  spawn: (line: string, options?: RunOptions) => Promise<Run>;
  /** In this process, with `--json`. */
  here: (line: string, options?: RunOptions) => Promise<Run>;
  /** The same, and it has to end well. */
  done: <T = Record<string, never>>(line: string) => Promise<T>;
  address: (symbol: string) => `0x${string}`;
  stop: () => Promise<void>;
};

export async function startPlayground(): Promise<Playground> {
  const cwd = mkdtempSync(join(tmpdir(), 'millrace-playground-'));
  const state = join(cwd, '.millrace');
  const spawn = (line: string, options: RunOptions = {}) => millrace(line.split(' '), { cwd, ...options });
  const here = (line: string, options: RunOptions = {}) =>
    millraceHere([...line.split(' '), '--json'], { cwd, ...options });
  const up = await spawn('dev up --json');
  if (up.exitCode !== 0) throw new Error(up.stderr);
  const { rpc } = up.data<{ rpc: string }>();
  return {
    cwd,
    state,
    rpc,
    client: createDevnetClient({ url: rpc }),
    spawn,
    here,
    done: async (line) => {
      const run = await here(line);
      if (run.exitCode !== 0) throw new Error(`millrace ${line}: ${run.stderr}`);
      return run.data();
    },
    address: (symbol) => {
      const found = loadDeployment(state).markets.find((market) => market.symbol === symbol);
      if (!found) throw new Error(`no market ${symbol}`);
      return found.address;
    },
    stop: async () => {
      await here('dev down');
      // A process that was killed may be writing its last file.
      rmSync(cwd, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
