// The program of a worker thread: prepares modules and runs jobs, one at a time, until it is terminated.
import { type MessagePort, parentPort } from 'node:worker_threads';
import { engine } from '../engine/web-assembly.ts';
import { jobPolicy } from '../gate/policy.ts';
import { prepareModule } from '../gate/prepare-module.ts';
import type { PrepareTask, Say, Task } from './messages.ts';
import { perform } from './perform.ts';
import { runTask } from './run-task.ts';

const port = parentPort as MessagePort;
// An empty list costs more than none.
const say: Say = (answer, transfer) =>
  transfer ? port.postMessage(answer, transfer) : port.postMessage(answer);

port.on('message', (task: Task) => {
  say(task.kind === 'prepare' ? perform(() => prepare(task)) : runTask(task, say));
});
say({ kind: 'ready' });

function prepare({ bytes, profile }: PrepareTask) {
  const module = new engine.Module(prepareModule(bytes, jobPolicy(profile)));
  const isStepped = engine.Module.exports(module).some(({ name }) => name === 'step');
  return { kind: 'done', module, isStepped } as const;
}
