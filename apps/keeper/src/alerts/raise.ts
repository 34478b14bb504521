import type { Journal } from '../journal/journal.ts';
import type { Alert } from '../journal/records.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { NEW_LATCH, type Reading, stepLatch } from '../plan/latch.ts';

/** What an alert says; the rest follows from its latch. */
type Message = Pick<Alert, 'kind' | 'severity' | 'text' | 'details'>;

/** Steps latches and raises alerts. */
export type Raise = (
  subject: string,
  reading: Reading,
  block: bigint,
  message: () => Message,
) => Promise<void>;

/**
 * A latch and the alert it fires become durable in one write, so a crash between them cannot lose or repeat an alert.
 * The key is the subject and the number of the crossing: the same after any number of restarts.
 *
 * @param wake told when there is something to deliver
 */
export function createRaise(
  journal: Journal,
  sinks: readonly string[],
  metrics: Metrics,
  wake: () => void,
): Raise {
  return async (subject, reading, block, message) => {
    const before = journal.state.latches.get(subject) ?? NEW_LATCH;
    const { latch, fired } = stepLatch(before, reading);
    if (latch === before) return;
    const record = { t: 'latch', latch: { ...latch, subject } } as const;
    if (!fired) return journal.append(record);
    const alert: Alert = {
      key: `${subject}#${latch.crossings}`,
      subject,
      at: Date.now(),
      block: String(block),
      ...message(),
    };
    await journal.append(record, { t: 'alert', alert, sinks: [...sinks] });
    metrics.alerts.inc({ kind: alert.kind });
    wake();
  };
}
