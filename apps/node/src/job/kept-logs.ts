import type { Hex } from 'viem';
import type { EventLog } from './event-log.ts';

const MOST_LOGS = 512;
const MOST_BYTES = 32 << 20;

/** Logs of jobs that ended lately, for who comes late. */
export class KeptLogs {
  private readonly logs = new Map<Hex, EventLog>();
  private bytes = 0;

  get(id: Hex): EventLog | undefined {
    return this.logs.get(id);
  }

  keep(id: Hex, log: EventLog): void {
    this.logs.set(id, log);
    this.bytes += log.bytes;
    for (const [oldest, { bytes }] of this.logs) {
      if (this.logs.size <= MOST_LOGS && this.bytes <= MOST_BYTES) return;
      this.logs.delete(oldest);
      this.bytes -= bytes;
    }
  }
}
