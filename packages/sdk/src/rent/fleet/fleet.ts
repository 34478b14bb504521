import { type MillraceError, toMillraceError } from '@millrace/protocol';
import { formatJobSpec } from '@millrace/protocol/compute';
import { encodeWire, RefusalError } from '@millrace/protocol/wire';
import type { Attempt, AttemptEnd, AttemptListener } from '../channel/attempt.ts';
import { wait } from '../channel/wait.ts';
import { JobError } from '../error/job-error.ts';
import { RentError } from '../error/rent-error.ts';
import type { JobResult } from '../job/job-handle.ts';
import { type Verdict, verdictOfError, verdictOfOutcome } from '../plan/verdict.ts';
import type { RentRecord } from '../store/rent-record.ts';
import { type FleetState, learnTypical, refuse, slotOf } from './fleet-state.ts';
import { type PlaceHooks, type Placing, placeRun } from './place.ts';
import { liabilityOf, liveTries, mayPayLate, paidFor, type Run, type Try } from './run.ts';
import { grow, shrink } from './slot.ts';
import { watchJob } from './watch-job.ts';
import { createWatchdog } from './watchdog.ts';

/** Jobs on many nodes. */
export type Fleet = {
  /** @param isNew whether it has to be written down */
  add(run: Run, isNew: boolean): void;
  /** Takes up an attempt from before a restart. */
  adopt(run: Run, current: Try): void;
  listener(run: Run): AttemptListener;
  stop(run: Run): void;
  /** Looks at what waits. */
  pump(): void;
  /** Looks at the clock: deadlines, jobs that are late, nodes that are idle. */
  tick(): void;
};

/** A node that a job failed on is not asked for it again for so long. */
const EXCLUDE_MILLISECONDS = 30_000;
const MOST_FAILURES = 8;
/** How long a job waits for a node to turn up. */
const PATIENCE_MILLISECONDS = 3_000;
/** How long it waits for one that fits to come back. */
const AWAY_MILLISECONDS = 45_000;
const LAST_WORDS_MILLISECONDS = 1_000;

export function createFleet(state: FleetState, hooks: Omit<PlaceHooks, 'listener'>): Fleet {
  const { host } = state;
  const placeHooks: PlaceHooks = { ...hooks, listener };

  const write = (...records: RentRecord[]): void => {
    host.store.append(...records).catch((error: unknown) => {
      host.note({ type: 'trouble', error: toMillraceError(error) });
    });
  };

  /** The end of a job, once. */
  const finish = (run: Run, outcome: JobResult | MillraceError): void => {
    if (run.isOver) return;
    run.isOver = true;
    state.active.delete(run.id);
    run.party?.live.delete(run);
    for (const current of liveTries(run)) giveUp(run, current);
    const at = Date.now();
    if ('bytes' in outcome) {
      const { cid, receipt, node } = outcome;
      run.winner = { node, cid };
      write({ type: 'ended', job: run.id, at, result: cid, receipt: encodeWire(receipt) });
      run.feed.push({ at, type: 'ended', result: outcome });
      run.resolve(outcome);
    } else {
      const receipt = outcome instanceof JobError ? encodeWire(outcome.receipt) : undefined;
      write({ type: 'ended', job: run.id, at, error: outcome.toJSON(), ...(receipt && { receipt }) });
      run.feed.push({ at, type: 'ended', error: outcome });
      run.reject(outcome);
    }
    run.feed.end();
  };

  const giveUp = (run: Run, current: Try): void => {
    const { attempt, link } = current;
    release(current);
    current.watching?.abort();
    current.liability = liabilityOf(current, Date.now());
    write({ type: 'abandoned', job: run.id, nonce: attempt.nonce, liability: `${current.liability}` });
    link.abandon(attempt);
  };

  /** The money that was set aside for it is free again. */
  const release = ({ link, mostDue }: Try): void => {
    const slot = slotOf(state, link.node, link.api.endpoint);
    slot.reserved = slot.reserved > mostDue ? slot.reserved - mostDue : 0n;
    state.pump();
  };

  const requeue = (run: Run): void => {
    if (run.isOver || liveTries(run).length > 0 || state.pending.has(run)) return;
    run.party?.live.delete(run);
    state.pending.addFirst(run);
    state.pump();
  };

  const failed = (run: Run, current: Try, error: MillraceError, verdict: Verdict): void => {
    const { node } = current.link;
    if (verdict.experience !== undefined) host.learn(node, verdict.experience);
    if (run.isOver) return;
    if (verdict.next === 'again') {
      const pause = error instanceof RefusalError ? (error.retryAfterMilliseconds ?? 200) : 200;
      if (error.code === 'QUEUE_FULL') {
        const slot = slotOf(state, node, current.link.api.endpoint);
        shrink(slot);
        slot.restUntil = Date.now() + pause;
        slot.lastError = error;
      } else run.notBefore = Date.now() + pause;
      // The node is there, and will take it.
      run.stuckSince = undefined;
      requeue(run);
      return;
    }
    if (verdict.refuses !== undefined) {
      const slot = slotOf(state, node, current.link.api.endpoint);
      refuse(state, run, slot, error, verdict.refuses);
      run.feed.push({
        at: Date.now(),
        type: 'moved',
        from: node,
        error,
        keepsBoth: liveTries(run).length > 0,
      });
      requeue(run);
      return;
    }
    if (error.code === 'CHECKPOINT_INVALID' || error.code.startsWith('SNAPSHOT_')) run.checkpoint = undefined;
    else run.excluded.set(node, Date.now() + EXCLUDE_MILLISECONDS);
    run.failures.push({ node, error });
    if (verdict.next === 'end') {
      finish(run, error);
      return;
    }
    if (run.failures.length >= MOST_FAILURES) {
      const tried = run.failures.map((it) => ({ node: it.node, code: it.error.code }));
      const words = `The job was tried ${tried.length} times.`;
      finish(run, new RentError('RENT_ATTEMPTS_FAILED', words, { tried }, error));
      return;
    }
    const keepsBoth = liveTries(run).length > 0;
    run.feed.push({ at: Date.now(), type: 'moved', from: node, error, keepsBoth });
    requeue(run);
  };

  const take = async (run: Run, current: Try, { receipt, inline }: AttemptEnd): Promise<void> => {
    const { link } = current;
    const cid = receipt.receipt.result;
    if (run.isOver) {
      compare(run, current, cid);
      return;
    }
    const options = { inline, mostBytes: run.spec.outputBytes, keep: state.keepResults, signal: host.signal };
    const bytes = await host.content.result(link.api, cid, options);
    host.learn(link.node, 'result');
    // What it said last comes on another connection.
    if (run.watch) await Promise.race([current.watched, wait(LAST_WORDS_MILLISECONDS, host.signal)]);
    if (run.isOver) {
      compare(run, current, cid);
      return;
    }
    const attempts = run.tries.length;
    finish(run, { bytes, cid, receipt, node: link.node, cost: paidFor(run), attempts });
  };

  /** Both nodes of a job that was given twice have ended it: bit for bit the same, or somebody is wrong. */
  const compare = (run: Run, { link }: Try, cid: string): void => {
    const { winner } = run;
    if (winner === undefined || winner.cid === cid || run.spec.needs.tier !== 'deterministic') return;
    host.note({ type: 'results-differ', job: run.id, nodes: [winner.node, link.node] });
  };

  const onEnded = (run: Run, current: Try, end: AttemptEnd): void => {
    const { outcome, microseconds } = end.receipt.receipt;
    current.receipt = end.receipt;
    release(current);
    if (outcome === 'DONE') {
      learnTypical(state, run, Number(microseconds) / 1_000);
      take(run, current, end).catch((cause: unknown) => {
        const error = toMillraceError(cause);
        failed(run, current, error, { next: 'elsewhere', experience: 'failed' });
      });
      return;
    }
    write({ type: 'abandoned', job: run.id, nonce: current.attempt.nonce, liability: `${paidFor(run)}` });
    const error = new JobError(end.receipt, end.error);
    failed(run, current, error, verdictOfOutcome(outcome, run.spec.needs.tier));
  };

  function listener(run: Run): AttemptListener {
    const tryOf = (attempt: Attempt) => run.tries.find((it) => it.attempt === attempt) as Try;
    return {
      onTaken: (attempt) => {
        const current = tryOf(attempt);
        const { node, api } = current.link;
        grow(slotOf(state, node, api.endpoint));
        run.stuckSince = undefined;
        const { id, waitMilliseconds } = attempt;
        run.feed.push({ at: Date.now(), type: 'queued', node, id, waitMilliseconds });
        if (run.watch) watch(run, current);
      },
      onFailed: (attempt, error) => {
        const current = tryOf(attempt);
        release(current);
        current.watching?.abort();
        // A refused attempt costs nothing; one whose node is gone may have been worked on.
        current.liability = error instanceof RefusalError ? 0n : liabilityOf(current, Date.now());
        const { nonce } = attempt;
        write({ type: 'abandoned', job: run.id, nonce, liability: `${current.liability}` });
        failed(run, current, error, verdictOfError(error));
      },
      onEnded: (attempt, end) => onEnded(run, tryOf(attempt), end),
      mayPay: (attempt, receipt) => mayPayLate(run, attempt, tryOf(attempt).price, receipt),
    };
  }

  const watch = (run: Run, current: Try): void => {
    if (current.watching !== undefined) return;
    current.watched = watchJob(host, run, current, ({ checkpoint, fuel }) => {
      if ((run.checkpoint?.fuel ?? 0n) >= fuel) return;
      run.checkpoint = { checkpoint, fuel };
      write({ type: 'checkpoint', job: run.id, checkpoint, fuel: `${fuel}` });
      run.feed.push({ at: Date.now(), type: 'checkpoint', node: current.link.node, checkpoint, fuel });
    });
  };

  /** Whether to wait a little more for a node to turn up. */
  const stuck = (run: Run, { why, mayPass }: Extract<Placing, { kind: 'nowhere' }>): boolean => {
    run.stuckSince ??= Date.now();
    void state.book.refresh(1_000).then(() => state.pump());
    if (run.failures.length > 0 && why().code === 'RENT_PRICE_CAP') return false;
    const patience = mayPass ? AWAY_MILLISECONDS : PATIENCE_MILLISECONDS;
    return Date.now() - run.stuckSince < patience;
  };

  const pump = (): void => {
    const now = Date.now();
    let ended: Run | undefined;
    state.pending.each((run) => {
      const isCrowded = run.party !== undefined && run.party.live.size >= run.party.most;
      if (isCrowded || run.notBefore > now) return 'stays';
      const placing: Placing = placeRun(state, placeHooks, run);
      if (placing.kind === 'nowhere') {
        // Those behind it in the same line have waited as long.
        if (ended?.group === run.group && run.excluded.size === 0) run.stuckSince ??= ended.stuckSince;
        if (stuck(run, placing)) return 'stays';
        finish(run, placing.why());
        if (run.excluded.size === 0) ended = run;
        return 'gone';
      }
      // A channel that is being opened, or a job that is on its way, may be refused yet.
      if (placing.kind === 'later' && placing.for === 'room') run.stuckSince = undefined;
      if (placing.kind === 'later') return 'stays';
      run.party?.live.add(run);
      return 'gone';
    });
  };

  const tick = createWatchdog(state, {
    place: (run) => placeRun(state, placeHooks, run, true),
    finish,
    watch,
    lose: (run, current, error) => {
      giveUp(run, current);
      failed(run, current, error, { next: 'elsewhere', experience: 'stalled' });
    },
  });

  return {
    add(run, isNew) {
      state.active.set(run.id, run);
      const { id, spec, deadline, label } = run;
      if (isNew)
        write({
          type: 'job',
          id,
          spec: formatJobSpec(spec),
          deadline,
          at: Date.now(),
          ...(label && { label }),
        });
      if (liveTries(run).length === 0) state.pending.add(run);
      state.pump();
    },
    adopt(run, current) {
      const slot = slotOf(state, current.link.node, current.link.api.endpoint);
      slot.reserved += current.mostDue;
      run.tries.push(current);
    },
    listener,
    stop(run) {
      finish(run, new RentError('RENT_STOPPED', 'The job was stopped.', { job: run.id }));
    },
    pump,
    tick,
  };
}
