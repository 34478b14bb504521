import { type JobSpec, type JobSpecJson, parseJobSpec } from '@millrace/protocol/compute';
import { PauseGate } from '@millrace/runtimes';
import type { Hex } from 'viem';
import type { CheckpointFacts, JobFacts } from '../journal/records.ts';
import { RunMeter } from '../meter/run-meter.ts';
import { EventLog } from './event-log.ts';

/** Why a job is ended from outside. `unpaid`: it begins again when it is paid. */
export type StopReason = 'stopped' | 'deadline' | 'unpaid' | 'closing';

/** A job that was accepted and has not ended. */
export type LiveJob = {
  readonly facts: JobFacts;
  readonly id: Hex;
  readonly spec: JobSpec;
  readonly log: EventLog;
  readonly meter: RunMeter;
  /** Of the attempt that runs. */
  gate: PauseGate;
  /** `ended`: its receipt is written, though it may not be durable yet. */
  state: 'queued' | 'running' | 'paused' | 'ended';
  /** Aborts the attempt that runs. */
  stop: AbortController;
  stopReason: StopReason | undefined;
  pausedAt: number;
  startedAt: number;
  millionths: number;
  checkpoint: CheckpointFacts | undefined;
  /** Attempts that failed by fault of this node. */
  failures: number;
};

/** A job to be run, new or from before a restart. */
export function createLiveJob(
  facts: JobFacts,
  fuelPerSecond: Readonly<Record<JobSpec['profile'], bigint>>,
  options: { spec?: JobSpec; checkpoint?: CheckpointFacts | undefined } = {},
): LiveJob {
  const { checkpoint } = options;
  const spec = options.spec ?? parseJobSpec(facts.spec as JobSpecJson);
  const meter = new RunMeter({
    mostFuel: spec.fuel,
    fuelPerSecond: fuelPerSecond[spec.profile],
    startFuel: facts.resume === undefined ? undefined : BigInt(facts.resume.fuel),
    fuel: checkpoint === undefined ? undefined : BigInt(checkpoint.fuel),
    microseconds: checkpoint === undefined ? undefined : BigInt(checkpoint.microseconds),
  });
  return {
    facts,
    id: facts.id,
    spec,
    log: new EventLog(),
    meter,
    gate: new PauseGate(),
    state: 'queued',
    stop: new AbortController(),
    stopReason: undefined,
    pausedAt: 0,
    startedAt: 0,
    millionths: 0,
    checkpoint,
    failures: 0,
  };
}
