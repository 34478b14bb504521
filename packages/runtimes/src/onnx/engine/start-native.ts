import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { RuntimeError } from '../../runtime-error.ts';
import { EngineLink } from './engine-link.ts';
import type { Answer } from './messages.ts';

const MILLISECONDS_BETWEEN_LOOKS = 50;
const BYTES_OF_PAGE = 65_536;
/** Of what Linux counts in `statm`. */
const BYTES_OF_FRAME = 4_096;
/** Signals by which a processor or a library ends a process. */
const CRASHES = new Set(['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL', 'SIGFPE']);

/** The file of `onnxruntime-node`, or why there is none. */
export function findNative(library = 'onnxruntime-node'): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(library);
  } catch {
    return undefined;
  }
}

/**
 * A fresh process with the engine in it, ended when it takes `pages` of 64 KiB more than the engine alone; that is looked
 * at now and then, and on Linux only. @throws {@link RuntimeError} `HOST_*`
 */
export async function startNative(library: string, pages: number): Promise<EngineLink> {
  let child: ChildProcess | undefined;
  const link = await new EngineLink().open((self) => {
    const started = startProcess(library);
    child = started;
    const ended = new Promise((resolve) => started.on('exit', resolve));
    started.on('message', (answer: Answer) => self.hear(owned(answer)));
    started.on('error', (cause) => void self.end(lost(cause)));
    started.on('exit', (_code, signal) => void self.end(describeExit(signal)));
    return {
      send: (request) => void started.send(request),
      kill: () => {
        started.kill('SIGKILL');
        return ended;
      },
    };
  });
  watchMemory(child as ChildProcess, link, pages);
  return link;
}

function startProcess(library: string): ChildProcess {
  const isSource = import.meta.url.endsWith('.ts');
  const program = isSource
    ? new URL('./native-process.ts', import.meta.url)
    : new URL('./native-process.js', import.meta.url);
  const fromSource = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx/esm')];
  return fork(fileURLToPath(program), [library], {
    execArgv: isSource ? fromSource : [],
    env: {},
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

function watchMemory(child: ChildProcess, link: EngineLink, pages: number): void {
  const before = residentBytes(child);
  const timer = setInterval(async () => {
    const [base, now] = [await before, await residentBytes(child)];
    if (base === undefined || now === undefined || now - base <= pages * BYTES_OF_PAGE) return;
    const facts = { allowedPages: pages };
    await link.end(
      new RuntimeError('JOB_MEMORY_LIMIT', 'The model needs more memory than was ordered.', facts),
    );
  }, MILLISECONDS_BETWEEN_LOOKS);
  child.on('exit', () => clearInterval(timer));
}

/** Between processes, bytes arrive somewhere inside a larger buffer. */
function owned(answer: Answer): Answer {
  if (answer.kind !== 'ran') return answer;
  const outputs = answer.outputs.map((raw) => ({ ...raw, bytes: new Uint8Array(raw.bytes) }));
  return { ...answer, outputs };
}

async function residentBytes({ pid }: ChildProcess): Promise<number | undefined> {
  try {
    const statm = await readFile(`/proc/${pid}/statm`, 'utf8');
    return Number(statm.split(' ')[1]) * BYTES_OF_FRAME;
  } catch {
    return undefined;
  }
}

function describeExit(signal: string | null): RuntimeError {
  if (signal && CRASHES.has(signal)) {
    const reason = `the engine crashed (${signal})`;
    return new RuntimeError('JOB_FAILED', `The model failed: ${reason}.`, { reason });
  }
  if (signal === 'SIGKILL')
    return new RuntimeError('HOST_MEMORY', 'The process that ran the model was killed.');
  return lost();
}

function lost(cause?: Error): RuntimeError {
  return new RuntimeError('HOST_WORKER_LOST', 'The process that ran the model has ended.', {}, cause);
}
