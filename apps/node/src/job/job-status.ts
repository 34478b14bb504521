import type { JobSpecJson } from '@millrace/protocol/compute';
import { RefusalError } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { Core } from '../core.ts';

/**
 * How a job stands, as it travels: amounts are decimal strings.
 *
 * @throws `RefusalError` `JOB_UNKNOWN`
 */
export function jobStatusOf(core: Core, id: Hex): object {
  const known = core.journal.state.jobs.get(id);
  const live = core.scheduler.get(id);
  const facts = known?.facts ?? live?.facts;
  if (facts === undefined) throw unknownJob(id);
  const spec: JobSpecJson = facts.spec;
  if (known?.end !== undefined) {
    const { receipt, error } = known.end;
    const { fuel, microseconds, outcome } = receipt.receipt;
    const millionths = outcome === 'DONE' ? 1_000_000 : 0;
    const place = { position: 0, waitMilliseconds: 0, millionths };
    return { id, state: 'ended', spec, ...place, fuel, microseconds, receipt, error };
  }
  const place = live === undefined ? { position: 0, waitMilliseconds: 0 } : core.scheduler.placeOf(live);
  const now = performance.now();
  const work = live?.meter.work(now);
  const checkpoint = live?.checkpoint ?? known?.checkpoint;
  return {
    id,
    state: live === undefined || live.state === 'ended' ? 'running' : live.state,
    spec,
    ...place,
    millionths: live?.millionths ?? 0,
    fuel: `${work?.fuel ?? 0}`,
    microseconds: `${work?.microseconds ?? 0}`,
    checkpoint: checkpoint && { checkpoint: checkpoint.checkpoint, fuel: checkpoint.fuel },
  };
}

export function unknownJob(id: Hex): RefusalError {
  return new RefusalError('JOB_UNKNOWN', 'There is no such job here.', { id });
}
