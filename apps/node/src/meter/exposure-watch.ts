import { addWork, computeDue } from '@millrace/protocol/compute';
import type { Channel } from '../channel/channel.ts';
import type { Core } from '../core.ts';
import type { LiveJob } from '../job/live-job.ts';

/** How often running work is counted, milliseconds. */
export const WATCH_MILLISECONDS = 100;
/** A job that was told to pause and still spends after this cannot pause, milliseconds. */
const PATIENCE = 2_000;

/** Pauses what is not paid, lets it go on when it is, and ends what is late. */
export function watchExposure(core: Core, onDeadline: (job: LiveJob) => void): void {
  for (const channel of core.books.all()) {
    if (channel.running.size > 0 || channel.waiting.length > 0 || channel.isPaused)
      watchChannel(core, channel);
  }
  const time = BigInt(Math.floor(Date.now() / 1_000));
  for (const { job } of core.scheduler.live()) {
    const { deadline } = job.spec.needs;
    if (deadline !== 0n && time > deadline && job.stopReason === undefined) onDeadline(job);
  }
  core.scheduler.fill();
}

/** Looks at one channel: now, and after every voucher. */
export function watchChannel(core: Core, channel: Channel): void {
  const now = performance.now();
  const { room } = channel.exposure(now);
  const mustPause = channel.running.size > 0 && room < growth(core, channel);
  if (mustPause && !channel.isPaused) pause(core, channel, now);
  else if (channel.isPaused && room >= growth(core, channel) && room > 0n) goOn(core, channel, now);
  else if (channel.isPaused) giveUpSilent(channel, now);
  if (channel.running.size > 0) channel.bell.ring();
}

/** What the running jobs may come to until the next look; when they stand still, what they would. */
function growth(core: Core, channel: Channel): bigint {
  const { fuelPerSecond } = core.config.hardware;
  let work = { fuel: 0n, microseconds: 0n, jobs: 0n };
  for (const { spec, state, meter } of channel.running) {
    if (state === 'ended') continue;
    const step = (fuelPerSecond[spec.profile] * BigInt(WATCH_MILLISECONDS)) / 1_000n;
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

/** A job without a safe point would work on for nothing: it is ended, and begins again when it is paid. */
function giveUpSilent(channel: Channel, now: number): void {
  for (const job of channel.running) {
    if (job.state !== 'paused' || now - job.pausedAt < PATIENCE || job.stopReason !== undefined) continue;
    if (isStanding(job)) continue;
    job.stopReason = 'unpaid';
    job.stop.abort();
  }
}

function isStanding(job: LiveJob): boolean {
  return job.gate.standing > 0;
}
