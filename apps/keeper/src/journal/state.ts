import type { Address } from 'viem';
import type { Alert, Home, Intent, JournalRecord, LatchRecord, ScanRecord, Settlement } from './records.ts';

/** An alert and the sinks that have not confirmed it. */
type OpenAlert = { alert: Alert; waiting: Set<string> };

/** Where the events of a market were read to, and who ever borrowed. */
export type Scan = Omit<ScanRecord, 'added'> & { borrowers: Set<Address> };

/** What a journal adds up to. */
export type JournalState = {
  home: Home | undefined;
  /** Open intents by id. */
  intents: Map<string, Intent>;
  /** The last settlement of each subject. */
  settled: Map<string, Settlement>;
  /** One more than the nonce of the newest intent. */
  nextNonce: number;
  /** When an intent was last settled, unix milliseconds. */
  settledAt: number;
  scans: Map<Address, Scan>;
  latches: Map<string, LatchRecord>;
  /** Undelivered alerts by key, oldest first. */
  alerts: Map<string, OpenAlert>;
};

export function emptyState(): JournalState {
  return {
    home: undefined,
    intents: new Map(),
    settled: new Map(),
    nextNonce: 0,
    settledAt: 0,
    scans: new Map(),
    latches: new Map(),
    alerts: new Map(),
  };
}

/** Adds one fact. Facts about what is no longer open change nothing, so a repeated fact is harmless. */
export function applyRecord(state: JournalState, record: JournalRecord): void {
  switch (record.t) {
    case 'home':
      state.home = record.home;
      return;
    case 'intent':
      state.intents.set(record.intent.id, { ...record.intent, attempts: [...record.intent.attempts] });
      state.nextNonce = record.intent.nonce + 1;
      return;
    case 'attempt':
      state.intents.get(record.id)?.attempts.push(record.attempt);
      return;
    case 'settled':
      state.intents.delete(record.settlement.id);
      // Deleted first, so that the newest is the last of the map.
      state.settled.delete(record.settlement.subject);
      state.settled.set(record.settlement.subject, record.settlement);
      state.settledAt = record.settlement.at;
      return;
    case 'nonce':
      state.nextNonce = record.next;
      return;
    case 'scan':
      applyScan(state, record.scan);
      return;
    case 'latch':
      state.latches.set(record.latch.subject, record.latch);
      return;
    case 'alert':
      if (record.sinks.length > 0) {
        state.alerts.set(record.alert.key, { alert: record.alert, waiting: new Set(record.sinks) });
      }
      return;
    case 'delivered':
      applyDelivery(state, record.key, record.sink);
  }
}

function applyScan(state: JournalState, { added, ...scan }: ScanRecord): void {
  const borrowers = state.scans.get(scan.market)?.borrowers ?? new Set<Address>();
  for (const owner of added) borrowers.add(owner);
  state.scans.set(scan.market, { ...scan, borrowers });
}

function applyDelivery(state: JournalState, key: string, sink: string): void {
  const open = state.alerts.get(key);
  open?.waiting.delete(sink);
  if (open?.waiting.size === 0) state.alerts.delete(key);
}

/** The shortest list of facts that adds up to `state`. */
export function toRecords(state: JournalState): JournalRecord[] {
  const records: JournalRecord[] = [];
  if (state.home) records.push({ t: 'home', home: state.home });
  for (const settlement of state.settled.values()) records.push({ t: 'settled', settlement });
  for (const intent of state.intents.values()) records.push({ t: 'intent', intent });
  records.push({ t: 'nonce', next: state.nextNonce });
  for (const { borrowers, ...scan } of state.scans.values()) {
    records.push({ t: 'scan', scan: { ...scan, added: [...borrowers] } });
  }
  for (const latch of state.latches.values()) records.push({ t: 'latch', latch });
  for (const { alert, waiting } of state.alerts.values())
    records.push({ t: 'alert', alert, sinks: [...waiting] });
  return records;
}
