import { amountsAsText } from '@millrace/protocol';
import { computeDue } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { Channel } from '../channel/channel.ts';
import type { Core } from '../core.ts';
import { channelEventOf, jobEventOf } from '../job/end-job.ts';
import type { EventLog } from '../job/event-log.ts';
import { unknownJob } from '../job/job-status.ts';

/** How many events go out in one piece. */
const MOST_EVENTS = 256;
/** How often the account of a channel is told while work goes on, milliseconds; and at least between two of them. */
const ACCOUNT_EVERY = 1_000;
const ACCOUNT_LEAST = 50;
/** A line now and then shows that the node is there. */
const QUIET_MILLISECONDS = 15_000;

/** Events of a channel from a number on: what ended, and what is due. Ends when the signal is aborted. */
export async function* channelLines(
  core: Core,
  channel: Channel,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<string> {
  let next = from;
  let told = -ACCOUNT_EVERY;
  let toldDue = -1n;
  for (; !signal.aborted; ) {
    const { first, ids } = channel.events;
    // Of those before, whoever missed them has the receipts from their page.
    next = Math.max(next, core.journal.state.channels.get(channel.id)?.firstTold ?? first);
    const fresh = ids.slice(next - first, next - first + MOST_EVENTS);
    let text = '';
    for (const id of fresh) {
      const end = core.journal.state.jobs.get(id)?.end;
      if (end !== undefined) text += `${channelEventOf(end, next)}\n`;
      next++;
    }
    const now = performance.now();
    const account = accountOf(channel, now);
    const isUrgent = channel.isPaused || account.due - account.signed >= channel.cap / 2n;
    const pause = isUrgent ? ACCOUNT_LEAST : ACCOUNT_EVERY;
    const isNews = account.due !== toldDue || now - told >= ACCOUNT_EVERY;
    const isWorking = channel.running.size > 0 || channel.waiting.length > 0 || account.due > account.signed;
    const isTime = isWorking ? isNews && now - told >= pause : now - told >= QUIET_MILLISECONDS;
    if (told < 0 || isTime) {
      text += `${encode({ sequence: next, at: Date.now(), type: 'account', ...account })}\n`;
      [told, toldDue] = [now, account.due];
    }
    if (text !== '') yield text;
    else await channel.bell.heard(signal, isWorking ? pause : QUIET_MILLISECONDS);
  }
}

function accountOf(channel: Channel, now: number) {
  const work = channel.work(now);
  const due = computeDue(work, channel.price, 'down');
  return { work, due, signed: channel.signed, isPaused: channel.isPaused };
}

/**
 * Events of a job from a number on; ends after `ended`.
 *
 * @throws `RefusalError` `JOB_UNKNOWN`
 */
export function jobLines(core: Core, id: Hex, from: number, signal: AbortSignal): AsyncGenerator<string> {
  const log = core.scheduler.get(id)?.log ?? core.logs.get(id);
  const end = core.journal.state.jobs.get(id)?.end;
  if (log !== undefined) return logLines(log, from, signal);
  if (end === undefined) throw unknownJob(id);
  return lastLine(`${jobEventOf(end)}\n`);
}

async function* lastLine(text: string): AsyncGenerator<string> {
  yield text;
}

async function* logLines(log: EventLog, from: number, signal: AbortSignal): AsyncGenerator<string> {
  // A log that began again after a restart is shorter than what was read before.
  let next = from > log.size ? 0 : from;
  while (!signal.aborted) {
    const part = log.read(next, MOST_EVENTS);
    if (part !== undefined) {
      next = part.next;
      yield part.text;
    } else if (log.isClosed) return;
    else await log.bell.heard(signal);
  }
}

/** Lines as an answer; the reader sets the pace, and nothing is kept for it. */
export function streamLines(
  make: (signal: AbortSignal) => AsyncGenerator<string>,
  request: Request,
  onOver: () => void,
): Response {
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
    onOver();
  };
  request.signal.addEventListener('abort', stop, { once: true });
  const lines = begin(() => make(stopping.signal), onOver);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { value, done } = await lines.next();
      if (!done) return controller.enqueue(encoder.encode(value));
      stop();
      controller.close();
    },
    cancel: stop,
  });
  return new Response(body, {
    headers: {
      'content-type': 'application/x-ndjson',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });
}

function begin<T>(make: () => T, onOver: () => void): T {
  try {
    return make();
  } catch (error) {
    onOver();
    throw error;
  }
}

function encode(value: object): string {
  return JSON.stringify(value, amountsAsText);
}
