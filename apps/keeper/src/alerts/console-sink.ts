import type { Alert } from '../journal/records.ts';
import type { Log } from '../log.ts';
import type { Sink } from './outbox.ts';

/** Alerts as log lines. */
export function createConsoleSink(log: Log): Sink {
  return {
    name: 'console',
    maxBackoffMilliseconds: 1_000,
    deliver: async ({ text, severity, ...rest }: Alert) => {
      if (severity === 'info') log.info({ alert: rest }, text);
      else log.warn({ alert: { severity, ...rest } }, text);
    },
  };
}
