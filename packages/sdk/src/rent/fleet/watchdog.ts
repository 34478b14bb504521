import type { MillraceError } from '@millrace/protocol';
import type { Link } from '../channel/link.ts';
import { RentError } from '../error/rent-error.ts';
import { latenessOf } from '../plan/lateness.ts';
import { type FleetState, typicalOf } from './fleet-state.ts';
import type { Placing } from './place.ts';
import { canAfford, liveTries, type Run, type Try } from './run.ts';

export type WatchdogHooks = {
  /** Gives a job to a node that is idle. */
  readonly place: (run: Run) => Placing;
  readonly finish: (run: Run, error: MillraceError) => void;
  /** Follows what an attempt says. */
  readonly watch: (run: Run, current: Try) => void;
  /** Gives an attempt up, and moves its job. */
  readonly lose: (run: Run, current: Try, error: MillraceError) => void;
};

/** A job that nobody watches is watched after this, for its checkpoints. */
const WATCH_AFTER_MILLISECONDS = 5_000;
/** Most jobs end before anybody has to wonder. */
const YOUNG_MILLISECONDS = 1_000;
const OFFERS_MILLISECONDS = 15_000;

/** Looks at the clock, several times a second: deadlines, and jobs that are late or lost. */
export function createWatchdog(state: FleetState, { place, finish, watch, lose }: WatchdogHooks): () => void {
  const hurry = (run: Run, current: Try, now: number): void => {
    const { attempt, link, since } = current;
    const times = {
      sentAt: since,
      startedAt: attempt.startedAt,
      waitMilliseconds: attempt.waitMilliseconds,
      fuelPerSecond: link.quote.body.fuelPerSecond,
      typicalMilliseconds: typicalOf(state, run),
      patienceMilliseconds: state.host.timing.patienceMilliseconds,
    };
    const lateness = latenessOf(run.spec, times, now);
    const details = { node: link.node, job: attempt.id };
    if (lateness === 'lost') {
      const words = `${link.api.endpoint} has the job for longer than the job may take.`;
      lose(run, current, new RentError('RENT_NODE_STALLED', words, details));
    } else if (lateness === 'late' && current.isLate !== true && liveTries(run).length === 1) {
      steal(run, current);
    }
  };

  /** Another node gets the job as well; whoever is first wins. */
  const steal = (run: Run, current: Try): void => {
    if (!canAfford(run, current.price)) return;
    run.nodes = Math.max(2, run.nodes);
    if (place(run).kind !== 'placed') return;
    current.isLate = true;
    const { node, api } = current.link;
    state.host.learn(node, 'slow');
    const words = `${api.endpoint} takes longer than expected.`;
    const error = new RentError('RENT_NODE_STALLED', words, { node });
    run.feed.push({ at: Date.now(), type: 'moved', from: node, error, keepsBoth: true });
  };

  return () => {
    const now = Date.now();
    /** By node, how many are watched: those that came first run first. */
    const watched = new Map<Link, number>();
    for (const run of [...state.active.values()]) {
      if (now >= run.deadline) {
        const words = 'There was no result before the deadline.';
        const tried = run.failures.map(({ node, error }) => ({ node, code: error.code }));
        finish(run, new RentError('RENT_DEADLINE', words, { deadline: run.deadline, tried }));
        continue;
      }
      for (const current of run.tries) {
        const { attempt, link, since } = current;
        if (now - since < YOUNG_MILLISECONDS) continue;
        if (attempt.state !== 'sending' && attempt.state !== 'taken') continue;
        if (!run.watch && now - since > WATCH_AFTER_MILLISECONDS && attempt.state === 'taken') {
          const others = watched.get(link) ?? 0;
          watched.set(link, others + 1);
          // A stream for each job that waits would be more than a node allows.
          if (others <= link.quote.body.queue.slots) watch(run, current);
        }
        hurry(run, current, now);
      }
    }
    if (state.active.size > 0) void state.book.refresh(OFFERS_MILLISECONDS);
    if (state.pending.size > 0) state.pump();
  };
}
