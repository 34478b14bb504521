import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Hex } from 'viem';
import type { OpenCompute } from '../chain/open-compute.ts';
import type { Slot } from '../rent/slots.ts';
import type { Session } from '../session.ts';

/** The hidden verb that pays for jobs while nobody looks. */
const ATTEND = ['job', 'attend'] as const;

/** Leaves a process behind that pays for the jobs of these books until they have ended. Its log is beside the books. */
export function attendInBackground({ settings }: Session, { url }: OpenCompute, slot: Slot, key: Hex): void {
  const log = openSync(`${slot.path}.log`, 'a', 0o600);
  const main = new URL(`../main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  const deployment = settings.deployment === undefined ? [] : ['--deployment', settings.deployment.path];
  const where = ['--rpc', url, '--state', settings.stateFolder, ...deployment];
  const args = [...process.execArgv, fileURLToPath(main), ...ATTEND, String(slot.number), ...where];
  const child = spawn(process.execPath, args, {
    // By the environment: command lines are seen by everyone on a machine.
    env: { ...process.env, MILLRACE_PRIVATE_KEY: key },
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
}
