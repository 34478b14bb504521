import { formatJobSpec } from '@millrace/protocol/compute';
import { jobStatusSchema, ROUTES } from '@millrace/protocol/wire';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { askNode } from '../../node/ask-node.ts';
import { findJob, placeOf, stateOf } from '../../rent/find-job.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { renderFacts } from '../../terminal/table.ts';

export const jobShow = defineCommand({
  path: 'job show',
  summary: 'One job: what it is, where it runs, how far it is',
  arguments: { id: { about: 'its id, or the beginning of it' } },
  options: signerOptions,
  examples: ['job show 4f2a --as alice'],
  run: async (session, { arguments: { id }, options }) => {
    const { settings, signal } = session;
    const opened = await openCompute(session);
    const { address } = await findActor(session, opened, options);
    const found = findJob(await readSlots(await rentFolder(session, opened, address)), id);
    const place = placeOf(found);
    const { job } = found;
    const status =
      place === undefined || job.ended
        ? undefined
        : await askNode(`${place.endpoint}${ROUTES.job(place.id)}`, jobStatusSchema, {
            timeoutMilliseconds: settings.timeoutMilliseconds,
            signal,
          }).catch(() => undefined);
    const state = status?.state ?? stateOf(job);
    const text = renderFacts([
      ['job', job.id],
      ['what', job.label ?? '—'],
      ['state', state],
      ['done', status ? `${(status.millionths / 10_000).toFixed(1)} %` : job.ended ? '100 %' : '—'],
      ['fuel', status ? `${(Number(status.fuel) / 1e9).toFixed(3)} G` : '—'],
      ['node', place ? `${place.node} at ${place.endpoint}` : '—'],
      ['tries', String(job.attempts.length)],
      ['checkpoint', job.checkpoint ? `after ${(Number(job.checkpoint.fuel) / 1e9).toFixed(3)} G fuel` : '—'],
      ['module', job.spec.module],
      ['result', job.ended?.result ?? '—'],
      ['error', job.ended?.error ? `${job.ended.error.shortMessage} [${job.ended.error.code}]` : '—'],
    ]);
    const data = {
      ...{ id: job.id, label: job.label ?? null, state, spec: job.spec, attempts: job.attempts },
      ...{ checkpoint: job.checkpoint ?? null, ended: job.ended ?? null, place: place ?? null },
      status: status ? { ...status, spec: formatJobSpec(status.spec) } : null,
    };
    return { data, text };
  },
});
