import type { LiveJob } from './live-job.ts';

/** Jobs that wait for each other: those of one channel, or of one requester. */
export type Group = {
  readonly waiting: LiveJob[];
  readonly running: Set<LiveJob>;
  /** Running time that the group had, milliseconds; who had least is next. */
  virtual: number;
  mayStart(now: number): boolean;
};

/**
 * Takes the next job: of the group that had the least time, its oldest. So a payer with a thousand jobs waits for itself,
 * and who comes with one job is next.
 */
export class FairQueue {
  private readonly groups = new Set<Group>();
  /** The time of whoever was served last: newcomers begin here, and save nothing up. */
  private floor = 0;

  get waiting(): number {
    let sum = 0;
    for (const { waiting } of this.groups) sum += waiting.length;
    return sum;
  }

  /** @param isFirst before the others of its group: it was begun already */
  add(group: Group, job: LiveJob, isFirst = false): void {
    if (group.waiting.length === 0 && group.running.size === 0) {
      group.virtual = Math.max(group.virtual, this.floor);
    }
    if (isFirst) group.waiting.unshift(job);
    else group.waiting.push(job);
    this.groups.add(group);
  }

  /** The next job and its group; `undefined` when nobody may start. */
  take(now: number): { group: Group; job: LiveJob } | undefined {
    let best: Group | undefined;
    for (const group of this.groups) {
      if (group.waiting.length === 0) this.groups.delete(group);
      else if ((best === undefined || cost(group, now) < cost(best, now)) && group.mayStart(now))
        best = group;
    }
    const job = best?.waiting.shift();
    if (best === undefined || job === undefined) return undefined;
    this.floor = Math.max(this.floor, best.virtual);
    return { group: best, job };
  }

  /** Whether somebody waits for nothing but a slot. */
  hasReady(now: number): boolean {
    for (const group of this.groups) if (group.waiting.length > 0 && group.mayStart(now)) return true;
    return false;
  }

  remove(group: Group, job: LiveJob): boolean {
    const at = group.waiting.indexOf(job);
    if (at < 0) return false;
    group.waiting.splice(at, 1);
    return true;
  }

  /** All that wait. */
  *jobs(): Generator<{ group: Group; job: LiveJob }> {
    for (const group of this.groups) for (const job of group.waiting) yield { group, job };
  }

  /** How many jobs would be taken before the last of a group. */
  positionOf(group: Group, job: LiveJob): number {
    const at = group.waiting.indexOf(job);
    if (at < 0) return 0;
    let before = at;
    for (const other of this.groups) if (other !== group) before += Math.min(other.waiting.length, at + 1);
    return before;
  }
}

/** What running jobs have used counts while they run. */
function cost(group: Group, now: number): number {
  let sum = group.virtual;
  for (const { startedAt } of group.running) sum += now - startedAt;
  return sum;
}
