import { describeError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import type { Alert } from '../journal/records.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** Somewhere an alert is brought to. `deliver` resolves only when the other side has it. */
export type Sink = { name: string; maxBackoffMilliseconds: number; deliver: (alert: Alert) => Promise<void> };

export type Outbox = { wake: () => void; stop: () => Promise<void> };

const FIRST_BACKOFF_MILLISECONDS = 500;
const STOP_MILLISECONDS = 2_000;

/**
 * Brings every undelivered alert of the journal to its sinks, oldest first, each sink at its own pace. An alert is given
 * up by no failure; it is delivered at least once, and again only if the process dies between delivery and its record.
 */
export function startOutbox(journal: Journal, sinks: readonly Sink[], log: Log, metrics: Metrics): Outbox {
  const stopping = new AbortController();
  const wakers = new Set<() => void>();
  const workers = sinks.map((sink) => work(sink));

  async function work(sink: Sink): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const waiting = [...journal.state.alerts.values()].filter((open) => open.waiting.has(sink.name));
      metrics.alertQueue.set({ sink: sink.name }, waiting.length);
      const alert = waiting[0]?.alert;
      if (alert === undefined) {
        await sleep(undefined);
        continue;
      }
      try {
        await sink.deliver(alert);
        await journal.append({ t: 'delivered', key: alert.key, sink: sink.name });
        failures = 0;
      } catch (error) {
        const pause = Math.min(FIRST_BACKOFF_MILLISECONDS * 2 ** failures++, sink.maxBackoffMilliseconds);
        log.warn(
          { sink: sink.name, key: alert.key, error: describeError(error), pause },
          'alert not delivered',
        );
        await sleep(pause * (0.75 + Math.random() / 2));
      }
    }
  }

  /** Until the time is over, or, without a time, until there may be something to do. */
  function sleep(milliseconds: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wakers.delete(done);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds ?? 60_000);
      if (milliseconds === undefined) wakers.add(done);
      stopping.signal.addEventListener('abort', done);
    });
  }

  return {
    wake: () => {
      for (const waker of [...wakers]) waker();
    },
    stop: async () => {
      stopping.abort();
      // A delivery under way may take its time; if it is cut off, the next start repeats it.
      await Promise.race([
        Promise.all(workers),
        new Promise((done) => setTimeout(done, STOP_MILLISECONDS).unref()),
      ]);
    },
  };
}

/** Deliveries to sinks that are no longer configured are given up: nobody could make them. */
export async function dropUnknownSinks(journal: Journal, known: readonly string[], log: Log): Promise<void> {
  for (const { alert, waiting } of [...journal.state.alerts.values()]) {
    for (const sink of [...waiting].filter((name) => !known.includes(name))) {
      log.warn({ sink, key: alert.key }, 'this sink is gone from the configuration; its alert is given up');
      await journal.append({ t: 'delivered', key: alert.key, sink });
    }
  }
}
