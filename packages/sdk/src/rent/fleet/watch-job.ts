import type { JobEvent } from '@millrace/protocol/wire';
import { wait } from '../channel/wait.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { Run, Try } from './run.ts';

/** Checkpoints may be as large as the memory of the job, and its result. */
function mostCheckpointBytes({ spec }: Run): number {
  return spec.memoryPages * 65_536 + spec.outputBytes + 2 ** 20;
}

/**
 * Follows one attempt: tells what happens, and fetches each checkpoint, so that it outlives the node. Ends with the attempt, or
 * when `current.watching` is aborted. Never throws.
 *
 * @param onCheckpoint a checkpoint is here, verified
 */
export async function watchJob(
  host: RentHost,
  run: Run,
  current: Try,
  onCheckpoint: (checkpoint: { checkpoint: string; fuel: bigint }) => void,
): Promise<void> {
  const watching = new AbortController();
  current.watching = watching;
  const signal = AbortSignal.any([host.signal, watching.signal]);
  const { attempt, link } = current;
  const isLive = () => !run.isOver && (attempt.state === 'sending' || attempt.state === 'taken');
  let [next, pause] = [0, 200];
  let saving: Promise<void> = Promise.resolve();

  const save = (checkpoint: string, fuel: bigint): void => {
    saving = saving.then(async () => {
      if (!isLive()) return;
      try {
        await host.content.save(link.api, checkpoint, mostCheckpointBytes(run), signal);
        if (isLive()) onCheckpoint({ checkpoint, fuel });
      } catch {
        // The one before it is still here; there will be another.
      }
    });
  };

  while (isLive() && !signal.aborted) {
    try {
      for await (const event of link.api.jobEvents(attempt.id, next, signal)) {
        next = event.sequence + 1;
        pause = 200;
        if (event.type === 'checkpoint') save(event.checkpoint, event.fuel);
        else tell(run, current, event);
        if (event.type === 'ended') return;
      }
    } catch {
      // The channel tells whether the node is there; this is about words only.
    }
    await wait(pause, signal);
    pause = Math.min(2_000, pause * 2);
  }
}

function tell(run: Run, { attempt, link: { node } }: Try, event: JobEvent): void {
  const at = Date.now();
  if (event.type === 'started') {
    attempt.startedAt = at;
    run.feed.push({ at, type: 'started', node });
  } else if (event.type === 'progress') {
    const { millionths, fuel } = event;
    run.feed.push({ at, type: 'progress', node, millionths, fuel });
  } else if (event.type === 'log') run.feed.push({ at, type: 'log', node, text: event.text });
  else if (event.type === 'output') {
    const bytes = Uint8Array.from(atob(event.bytes), (letter) => letter.charCodeAt(0));
    run.feed.push({ at, type: 'output', node, offset: event.offset, bytes });
  } else if (event.type === 'paused' || event.type === 'resumed')
    run.feed.push({ at, type: event.type, node });
}
