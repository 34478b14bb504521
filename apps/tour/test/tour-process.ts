import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const NODE = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];

/** The tour as `npm start` runs it, in a folder of its own. */
export type TourProcess = {
  pid: number;
  folder: string;
  stdout: () => string;
  stderr: () => string;
  /** Resolves when `text` was printed on stdout; rejects when the process ends without. */
  says: (text: string) => Promise<void>;
  kill: (signal: NodeJS.Signals) => void;
  /** Exit code. */
  ended: Promise<number | null>;
};

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startTour(...args: string[]): TourProcess {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-tour-test-'));
  const child = spawn(process.execPath, [...NODE, ENTRY, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  const ended = once(child, 'close').then(([code]) => {
    running.delete(child);
    rmSync(folder, { recursive: true, force: true });
    return code as number | null;
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = () => {
        if (out().includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`It ended without “${text}”: ${out()}${err()}`)));
      look();
    });
  return {
    pid: child.pid ?? 0,
    folder,
    stdout: out,
    stderr: err,
    says,
    kill: (signal) => child.kill(signal),
    ended,
  };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}

/** The processes that `parent` started whose command line holds `name`, and theirs. */
export function childrenOf(parent: number, name: string): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .flatMap((match) =>
      match ? [{ pid: Number(match[1]), ppid: Number(match[2]), args: match[3] ?? '' }] : [],
    );
  const below = (pid: number): typeof rows =>
    rows.filter((row) => row.ppid === pid).flatMap((row) => [row, ...below(row.pid)]);
  return below(parent)
    .filter(({ args }) => args.includes(name))
    .map(({ pid }) => pid);
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
