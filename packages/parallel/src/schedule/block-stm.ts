import TinyQueue from 'tinyqueue';
import type { TransactionAccess } from '../access/block-access.ts';
import type { StateKey } from '../access/state-key.ts';
import { type Footprint, footprint, STRICT } from '../graph/conflict-rule.ts';
import { Cores } from './cores.ts';
import type { Schedule, Scheduler } from './schedule.ts';
import { BEFORE_BLOCK, Versions } from './versions.ts';

/**
 * Block-STM (Aptos, pevm, grevm, Sei Giga): everybody runs at once against the newest version of each key that a lower
 * transaction has left. Whoever read a version that is no longer the newest runs again, even if the value is the same; what
 * an aborted transaction wrote marks where the next reader has to wait.
 *
 * Source: R. Gelashvili et al., "Block-STM", PPoPP 2023. Simplified: a transaction reads everything when it starts and
 * writes everything when it ends, the same in each run; validation takes no time.
 */
export const blockStm: Scheduler = (transactions, cores) => new BlockStm(transactions, cores).run();

type State = 'ready' | 'waiting' | 'running' | 'done';

/** Which run of which writer: two are equal when both are. */
type Version = number;
const RUNS_PER_WRITER = 1_000_000;

class BlockStm {
  readonly #transactions: readonly TransactionAccess[];
  readonly #footprints: readonly Footprint[];
  readonly #versions: Versions;
  readonly #readers: ReadonlyMap<StateKey, readonly number[]>;
  readonly #machine: Cores;
  readonly #ready: TinyQueue<number>;
  readonly #state: State[];
  readonly #runs: number[];
  readonly #seen: ReadonlyMap<StateKey, Version>[];
  readonly #waiting: number[][];

  constructor(transactions: readonly TransactionAccess[], cores: number) {
    this.#transactions = transactions;
    this.#footprints = transactions.map((transaction) => footprint(transaction, STRICT));
    this.#versions = new Versions(transactions, this.#footprints);
    this.#readers = indexReaders(this.#footprints);
    this.#machine = new Cores(cores);
    this.#ready = new TinyQueue(transactions.map((_, index) => index));
    this.#state = transactions.map(() => 'ready');
    this.#runs = transactions.map(() => 0);
    this.#seen = transactions.map(() => new Map());
    this.#waiting = transactions.map(() => []);
  }

  run(): Schedule {
    while (this.#ready.length > 0 || !this.#machine.isIdle) {
      while (this.#machine.hasFree && this.#ready.length > 0) this.#start(this.#ready.pop() as number);
      for (const { index } of this.#machine.advance()) this.#end(index);
    }
    return this.#machine.schedule();
  }

  #start(index: number): void {
    const blocker = this.#writerToWaitFor(index);
    if (blocker !== undefined) {
      this.#state[index] = 'waiting';
      this.#waiting[blocker]?.push(index);
      return;
    }
    const keys = [...this.#touched(index)];
    this.#seen[index] = new Map(keys.map((key) => [key, this.#newestVersion(key, index)]));
    this.#state[index] = 'running';
    this.#machine.start(index, this.#transactions[index]?.gas ?? 0, this.#runsOf(index) > 0);
  }

  #end(index: number): void {
    this.#runs[index] = this.#runsOf(index) + 1;
    if (this.#isStale(index)) this.#makeReady(index);
    else this.#state[index] = 'done';
    for (const key of this.#footprints[index]?.writes ?? []) this.#validateReaders(key, index);
    for (const each of this.#waiting[index]?.splice(0) ?? []) this.#makeReady(each);
  }

  /** Those that read the key after `writer` and before whoever overwrote it next. */
  #validateReaders(key: StateKey, writer: number): void {
    const readers = this.#readers.get(key) ?? [];
    for (let at = firstAbove(readers, writer); at < readers.length; at++) {
      const reader = readers[at] as number;
      if (this.#state[reader] === 'done' && this.#isStale(reader)) this.#makeReady(reader);
      const overwrites = this.#footprints[reader]?.writes.has(key) === true;
      if (overwrites && this.#runsOf(reader) > 0) return;
    }
  }

  #makeReady(index: number): void {
    this.#state[index] = 'ready';
    this.#ready.push(index);
  }

  /** A lower transaction that wrote what this one reads, and has to run again. */
  #writerToWaitFor(index: number): number | undefined {
    for (const key of this.#touched(index)) {
      const writer = this.#newestWriter(key, index);
      if (writer !== BEFORE_BLOCK && this.#state[writer] !== 'done') return writer;
    }
    return undefined;
  }

  #isStale(index: number): boolean {
    for (const [key, version] of this.#seen[index] ?? []) {
      if (version !== this.#newestVersion(key, index)) return true;
    }
    return false;
  }

  #newestVersion(key: StateKey, index: number): Version {
    const writer = this.#newestWriter(key, index);
    return writer * RUNS_PER_WRITER + this.#runsOf(writer);
  }

  /** Of the lower transactions that have ended a run, the last that writes the key. */
  #newestWriter(key: StateKey, index: number): number {
    let writer = this.#versions.writerBefore(key, index);
    while (writer !== BEFORE_BLOCK && this.#runsOf(writer) === 0) {
      writer = this.#versions.writerBefore(key, writer);
    }
    return writer;
  }

  #touched(index: number): ReadonlySet<StateKey> {
    return this.#footprints[index]?.touches ?? new Set();
  }

  #runsOf(index: number): number {
    return this.#runs[index] ?? 0;
  }
}

function indexReaders(footprints: readonly Footprint[]): Map<StateKey, number[]> {
  const readers = new Map<StateKey, number[]>();
  for (const [index, { touches }] of footprints.entries()) {
    for (const key of touches) {
      const list = readers.get(key);
      if (list) list.push(index);
      else readers.set(key, [index]);
    }
  }
  return readers;
}

/** Place of the first number of an ascending list that is greater. */
function firstAbove(list: readonly number[], bound: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
