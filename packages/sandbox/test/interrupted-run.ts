import { deflateSync } from 'node:zlib';
import { type CompiledModule, engine } from '../src/engine/web-assembly.ts';
import { jobPolicy } from '../src/gate/policy.ts';
import { prepareModule } from '../src/gate/prepare-module.ts';
import { JOB_LIMITS, type JobInput, type StateAt } from '../src/run/job.ts';
import { runJob } from '../src/run/run-job.ts';
import { Checkpoints } from '../src/snapshot/checkpoints.ts';
import { digestJob } from '../src/snapshot/job-digest.ts';
import { readSnapshot } from '../src/snapshot/read-snapshot.ts';
import { restoreJob } from '../src/snapshot/restore-job.ts';
import { takeSnapshot } from '../src/snapshot/take-snapshot.ts';

const STACK_WORDS = 16 * 1024;
const IDENTITY = { hash: '00', profile: 'float' };
const CHECKPOINT_FUEL = 1n;

export function compileJob(bytes: Uint8Array): CompiledModule {
  return new engine.Module(prepareModule(bytes, jobPolicy('float')));
}

/** With so little log that a long run comes to its end. */
export function jobOf(input: Uint8Array, seed: Uint8Array): JobInput {
  return { input, seed, limits: { ...JOB_LIMITS, fuel: 20_000_000n, logBytes: 300 } };
}

/** What can be seen of a run from outside. */
export type Seen = {
  output: string;
  fuel: bigint;
  memoryPages: number;
  log: string[];
  pieces: string;
  checkpoints: readonly StateAt[];
};

/**
 * Runs a job in this thread, interrupted after each of these numbers of steps: the instance is thrown away there, and a fresh
 * one goes on from the bytes of a snapshot.
 */
export function runInterrupted(
  module: CompiledModule,
  job: JobInput,
  interruptions: readonly number[],
): Seen {
  const log: string[] = [];
  const pieces: Uint8Array[] = [];
  const digest = digestJob(IDENTITY, job, CHECKPOINT_FUEL);
  const listener = {
    onLog: (line: Uint8Array) => log.push(new TextDecoder().decode(line)),
    onOutput: (bytes: Uint8Array) => pieces.push(bytes),
  };
  let snapshot: Uint8Array | undefined;
  for (const steps of [...interruptions, Number.POSITIVE_INFINITY]) {
    const checkpoints = new Checkpoints(CHECKPOINT_FUEL, job.limits.fuel);
    const from = snapshot;
    let left = steps;
    let isInterrupted = false;
    try {
      const { output, fuel, memoryPages } = runJob(module, job, STACK_WORDS, {
        listener,
        restore:
          from &&
          ((fresh) => {
            const { head, body } = readSnapshot(from, digest, job.limits);
            checkpoints.restore(restoreJob(fresh, head, body, job.limits));
            return head.fuel;
          }),
        onStep: (standing) => {
          checkpoints.onStep(standing);
          if (--left > 0) return;
          const { head, body } = takeSnapshot(digest, standing, checkpoints.states);
          snapshot = Buffer.concat([head, deflateSync(body)]);
          isInterrupted = true;
          throw new Error('interrupted');
        },
      });
      return {
        ...{ fuel, memoryPages, log, output: Buffer.from(output).toString('latin1') },
        ...{ pieces: Buffer.concat(pieces).toString('latin1'), checkpoints: checkpoints.states },
      };
    } catch (error) {
      if (!isInterrupted) throw error;
    }
  }
  throw new Error('the last run has no interruption');
}
