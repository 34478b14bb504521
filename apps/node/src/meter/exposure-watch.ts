import { addWork, computeDue } from '@millrace/protocol/compute';
import type { Channel } from '../channel/channel.ts';
import type { Core } from '../core.ts';
import type { LiveJob, StopReason } from '../job/live-job.ts';

/** How often running work is counted, milliseconds. */
export const WATCH_MILLISECONDS = 100;
/** A job that was told to pause and still spends after this cannot pause, milliseconds. */
const PATIENCE = 2_000;
/** A job that tells much is looked at no more often than this, milliseconds. */
const LOOK_LEAST = 10;

/**
 * Pauses what is not paid, lets it go on when it is, and ends what is late, or what nobody can pay any more.
 *
 * @param end ends a job early
 */
export function watchExposure(core: Core, end: (job: LiveJob, reason: StopReason) => void): void {
  for (const channel of core.books.all()) {
    if (channel.state === 'closed') endAll(channel, end);
    if (channel.running.size > 0 || channel.waiting.length > 0 || channel.isPaused)
      watchChannel(core, channel);
  }
  const time = BigInt(Math.floor(Date.now() / 1_000));
  for (const { job } of core.scheduler.live()) {
    const { deadline } = job.spec.needs;
    if (deadline !== 0n && time > deadline && job.stopReason === undefined) end(job, 'deadline');
  }
  if (core.scheduler.isWanted()) giveSlot(core, performance.now());
  core.scheduler.fill();
}

/** The jobs of a channel that pays no more: else they would wait, or hold their slots, for ever. */
function endAll({ waiting, running }: Channel, end: (job: LiveJob, reason: StopReason) => void): void {
  for (const job of [...waiting, ...running]) {
    if (job.stopReason === undefined && job.state !== 'ended') end(job, 'stopped');
  }
}

/** Looks at one channel: now, and after every voucher. */
export function watchChannel(core: Core, channel: Channel): void {
  const now = performance.now();
  channel.lookedAt = now;
  const { room } = channel.exposure(now);
  const mustPause = channel.running.size > 0 && room < growth(channel, now);
  if (mustPause && !channel.isPaused) pause(core, channel, now);
  else if (channel.isPaused && room >= growth(channel, now) && room > 0n) goOn(core, channel, now);
  else if (channel.isPaused) giveUpSilent(channel, now);
  if (channel.running.size > 0) channel.bell.ring();
}

/** Looks at the channel of a job that has just told what it spent: a fast one does not wait for the next round. */
export function watchSpender(core: Core, job: LiveJob): void {
  const channel = core.books.get(job.facts.funding);
  const now = performance.now();
  if (channel === undefined) return;
  if (now - channel.lookedAt >= LOOK_LEAST) watchChannel(core, channel);
  else {
    // What is told between two looks is not forgotten: it may be what passes the cap.
    channel.nextLook ??= setTimeout(() => {
      channel.nextLook = undefined;
      watchChannel(core, channel);
    }, LOOK_LEAST).unref();
  }
}

/** What the running jobs may come to until the next look; when they stand still, what they would. */
function growth(channel: Channel, now: number): bigint {
  let work = { fuel: 0n, microseconds: 0n, jobs: 0n };
  for (const { spec, state, meter } of channel.running) {
    if (state === 'ended') continue;
    const step = (meter.speed(now) * BigInt(WATCH_MILLISECONDS)) / 1_000n;
    const left = spec.fuel - meter.reported;
    const fuel = step < left ? step : left;
    work = addWork(work, { fuel, microseconds: BigInt(WATCH_MILLISECONDS) * 1_000n, jobs: 0n });
  }
  const next = computeDue(work, channel.price, 'up');
  // A cap below one step would never let anything go on.
  return next < channel.cap / 2n ? next : channel.cap / 2n;
}

function pause(core: Core, channel: Channel, now: number): void {
  channel.isPaused = true;
  const [due, signed] = [channel.due(now), channel.signed];
  core.log.info({ channel: channel.id, due: `${due}`, signed: `${signed}` }, 'unpaid: jobs pause');
  for (const job of channel.running) {
    if (job.state !== 'running') continue;
    job.gate.pause();
    job.state = 'paused';
    job.pausedAt = now;
    job.log.add({ type: 'paused', due, signed }, Date.now());
  }
  channel.bell.ring();
}

function goOn(core: Core, channel: Channel, now: number): void {
  channel.isPaused = false;
  core.log.info({ channel: channel.id, signed: `${channel.signed}` }, 'paid: jobs go on');
  for (const job of channel.running) {
    if (job.state !== 'paused') continue;
    job.state = 'running';
    job.meter.go(now);
    job.gate.resume();
    job.log.add({ type: 'resumed' }, Date.now());
  }
  channel.bell.ring();
}

/**
 * A job that stands still spends no time. One without a safe point would work on for nothing: it is ended, and begins again
 * when what it has claimed is paid.
 */
function giveUpSilent(channel: Channel, now: number): void {
  for (const job of channel.running) {
    if (job.state !== 'paused') continue;
    if (job.gate.standing > 0) job.meter.halt(now);
    else if (now - job.pausedAt > PATIENCE && job.stopReason === undefined) suspend(channel, job, now);
  }
}

/** Of the jobs that stand still for long the one that does for longest: who vanishes must not hold a slot for ever. */
function giveSlot(core: Core, now: number): void {
  const before = now - core.config.unpaidSeconds * 1_000;
  let longest: { channel: Channel; job: LiveJob } | undefined;
  for (const channel of core.books.all()) {
    for (const job of channel.running) {
      if (job.state !== 'paused' || job.stopReason !== undefined || job.pausedAt > before) continue;
      if (longest === undefined || job.pausedAt < longest.job.pausedAt) longest = { channel, job };
    }
  }
  if (longest !== undefined) suspend(longest.channel, longest.job, now);
}

/** Ends an attempt. The job begins again, from its last snapshot, when more was signed. */
function suspend(channel: Channel, job: LiveJob, now: number): void {
  job.stopReason = 'unpaid';
  job.meter.keepClaim(now);
  channel.suspended.add(job);
  channel.suspendedAt = channel.signed;
  job.stop.abort();
}
