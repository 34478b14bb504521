import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { KEEPER_KEY, WEBHOOK_SECRET } from './world.ts';

const ENTRY = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** One line of the keeper's log. */
type LogLine = Record<string, unknown> & { msg?: string };

/** The keeper as an operator starts it: its own process, its own log. */
export type KeeperProcess = {
  pid: number;
  lines: LogLine[];
  errors: string[];
  /** Exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  /** Resolves with the first line, past or to come, that matches. */
  line: (matches: (line: LogLine) => boolean, milliseconds?: number) => Promise<LogLine>;
  kill: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | string>;
};

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startKeeperProcess(config: string, ...flags: string[]): KeeperProcess {
  const node = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...node, ENTRY, '--config', config, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KEEPER_KEY, WEBHOOK_SECRET },
  });
  running.add(child);
  const lines: LogLine[] = [];
  const errors: string[] = [];
  const listeners = new Set<(line: LogLine) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = parse(text);
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  createInterface({ input: child.stderr }).on('line', (text) => errors.push(text));
  const ended = once(child, 'close').then(([code, signal]) => {
    running.delete(child);
    return (signal as string | null) ?? (code as number);
  });
  return {
    pid: child.pid ?? 0,
    lines,
    errors,
    ended,
    line: (matches, milliseconds = 120_000) =>
      new Promise((resolve, reject) => {
        const check = (line: LogLine) => {
          if (!matches(line)) return;
          clearTimeout(timer);
          listeners.delete(check);
          resolve(line);
        };
        const timer = setTimeout(() => {
          listeners.delete(check);
          reject(
            new Error(
              `No such line. Log:\n${lines.map((line) => JSON.stringify(line)).join('\n')}\n${errors.join('\n')}`,
            ),
          );
        }, milliseconds);
        listeners.add(check);
        const before = lines.find(matches);
        if (before) check(before);
      }),
    kill: async (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

function parse(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text };
  }
}
