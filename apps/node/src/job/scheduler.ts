import type { Queue } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import { FairQueue, type Group } from './fair-queue.ts';
import type { LiveJob } from './live-job.ts';

/** A job whose slot others wait for this long shares its processor with one more, milliseconds. */
const BORROW_AFTER = 1_000;
/** How many more at once. */
export const BORROWED = 2;
/** Ends that may wait for the disk: their results are in memory. */
export const MOST_UNWRITTEN = 256;

type Entry = { readonly group: Group; readonly job: LiveJob };

/** @param leave gives the slot to the next, when only writing down is left */
type Run = (job: LiveJob, leave: () => void) => Promise<'ended' | 'again'>;

/** Gives slots to jobs. Running a job is left to who made it. */
export class Scheduler {
  readonly slots: number;
  private readonly queue = new FairQueue();
  private readonly entries = new Map<Hex, Entry>();
  private readonly run: Run;
  private readonly runs = new Set<LiveJob>();
  private unwritten = 0;
  private isStopped = false;
  /** How long jobs took lately, milliseconds. */
  private typical = 0;
  private idle: (() => void)[] = [];

  constructor(slots: number, run: Run) {
    this.slots = slots;
    this.run = run;
  }

  add(group: Group, job: LiveJob, isFirst = false): void {
    this.entries.set(job.id, { group, job });
    this.queue.add(group, job, isFirst);
    this.fill();
  }

  get(id: Hex): LiveJob | undefined {
    return this.entries.get(id)?.job;
  }

  /** All that have not ended. */
  live(): Iterable<Entry> {
    return this.entries.values();
  }

  get size(): number {
    return this.entries.size;
  }

  /** Whether a job waits for nothing but a slot. */
  isWanted(): boolean {
    return this.queue.hasReady(performance.now());
  }

  /** Takes a job out that has not begun. */
  withdraw(job: LiveJob): boolean {
    const entry = this.entries.get(job.id);
    return entry !== undefined && this.queue.remove(entry.group, job);
  }

  /** A job that was taken out has ended. */
  forget(job: LiveJob): void {
    this.entries.delete(job.id);
    this.settle();
  }

  /** How busy the node is. */
  state(): Queue {
    const waiting = this.queue.waiting;
    return { slots: this.slots, running: this.runs.size, waiting, waitMilliseconds: this.waitFor(waiting) };
  }

  placeOf(job: LiveJob): { position: number; waitMilliseconds: number } {
    const entry = this.entries.get(job.id);
    if (job.state !== 'queued' || entry === undefined) return { position: 0, waitMilliseconds: 0 };
    const position = this.queue.positionOf(entry.group, job);
    return { position, waitMilliseconds: this.waitFor(position) };
  }

  /** Starts what can start. Called when a slot is free, a job came, or a channel may go on. */
  fill(): void {
    const now = performance.now();
    while (!this.isStopped && this.runs.size < this.slots + this.borrowed(now)) {
      if (this.unwritten >= MOST_UNWRITTEN) return;
      const next = this.queue.take(now);
      if (next === undefined) return;
      void this.begin(next);
    }
  }

  /** Starts nothing any more. */
  stop(): void {
    this.isStopped = true;
  }

  /** Settles when nothing is left; `running`: when nothing runs. */
  whenIdle(what: 'all' | 'running' = 'all'): Promise<void> {
    const isIdle = () => (what === 'running' ? this.runs.size : this.entries.size) === 0;
    return new Promise((resolve) => {
      const check = () => {
        if (isIdle()) resolve();
        else this.idle.push(check);
      };
      check();
    });
  }

  private async begin({ group, job }: Entry): Promise<void> {
    this.runs.add(job);
    group.running.add(job);
    job.startedAt = performance.now();
    job.state = 'running';
    let holds = true;
    const leave = () => {
      if (!holds) return;
      holds = false;
      this.leave({ group, job });
    };
    const outcome = await this.run(job, leave);
    if (outcome === 'ended') this.entries.delete(job.id);
    else {
      job.state = 'queued';
      this.queue.add(group, job, true);
    }
    leave();
    this.unwritten--;
    this.fill();
    this.settle();
  }

  private leave({ group, job }: Entry): void {
    this.unwritten++;
    this.runs.delete(job);
    group.running.delete(job);
    const took = performance.now() - job.startedAt;
    group.virtual += took;
    this.typical += (took - this.typical) / 8;
    this.fill();
    this.settle();
  }

  private settle(): void {
    const waiting = this.idle;
    this.idle = [];
    for (const check of waiting) check();
  }

  /** Slots beyond the cores, while every slot is held by a long job: nobody waits behind one for ever. */
  private borrowed(now: number): number {
    if (this.runs.size < this.slots) return 0;
    let long = 0;
    for (const { startedAt } of this.runs) if (now - startedAt > BORROW_AFTER) long++;
    return long < this.slots ? 0 : Math.min(long - this.slots + 1, this.slots, BORROWED);
  }

  private waitFor(before: number): number {
    const free = this.slots - this.runs.size;
    if (before < free) return 0;
    return Math.round((this.typical * (before - Math.max(0, free) + 1)) / this.slots);
  }
}
