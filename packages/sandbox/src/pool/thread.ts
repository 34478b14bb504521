// The program of a worker thread: prepares modules and runs jobs, one at a time, until it is terminated.
import { type MessagePort, parentPort } from 'node:worker_threads';
import { engine } from '../engine/web-assembly.ts';
import { jobPolicy, STACK_WORDS } from '../gate/policy.ts';
import { prepareModule } from '../gate/prepare-module.ts';
import { runJob } from '../run/run-job.ts';
import { SandboxError } from '../sandbox-error.ts';
import { hashState } from './hash-state.ts';
import type { Answer, Task } from './messages.ts';

/** A job that reports in a tight loop must not fill the memory of its listener. */
const MILLISECONDS_BETWEEN_PROGRESS = 50;

const port = parentPort as MessagePort;
const say = (answer: Answer) => port.postMessage(answer);

port.on('message', (task: Task) => say(perform(task)));
say({ kind: 'ready' });

function perform(task: Task): Answer {
  let state: string | undefined;
  const withState = () => (state === undefined ? {} : { state });
  try {
    if (task.kind === 'prepare') {
      return { kind: 'done', module: new engine.Module(prepareModule(task.bytes, jobPolicy(task.profile))) };
    }
    const { module, job, hashesState } = task;
    const result = runJob(module, job, STACK_WORDS, listener(), (stopped) => {
      if (hashesState) state = hashState(stopped);
    });
    return { kind: 'done', result, ...withState() };
  } catch (error) {
    return { kind: 'failed', error: describe(error).toJSON(), ...withState() };
  }
}

function listener() {
  let last = 0;
  return {
    onLog: (line: Uint8Array) => say({ kind: 'log', line }),
    onProgress: (millionths: number) => {
      const now = performance.now();
      if (now - last < MILLISECONDS_BETWEEN_PROGRESS) return;
      last = now;
      say({ kind: 'progress', millionths });
    },
  };
}

function describe(error: unknown): SandboxError {
  if (error instanceof SandboxError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SandboxError('HOST_WORKER_LOST', `The thread failed: ${message}.`);
}
