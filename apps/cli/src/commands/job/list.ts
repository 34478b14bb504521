import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { shortNode } from '../../figures/offer-data.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { placeOf, stateOf } from '../../rent/find-job.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { renderTable } from '../../terminal/table.ts';

export const jobList = defineCommand({
  path: 'job list',
  summary: 'Your jobs, the newest first',
  options: {
    limit: { kind: 'text', value: 'count', about: 'how many; default: 20' },
    ...signerOptions,
  },
  examples: ['job list --as alice', 'job list --limit 100 --json --keystore main'],
  run: async (session, { options }) => {
    const opened = await openCompute(session);
    const { address } = await findActor(session, opened, options);
    const slots = await readSlots(await rentFolder(session, opened, address));
    const found = slots.flatMap((slot) => [...slot.state.jobs.values()].map((job) => ({ slot, job })));
    const newest = found.sort((a, b) => b.job.at - a.job.at).slice(0, Number(options.limit ?? 20));
    const jobs = newest.map((each) => {
      const { id, label, at, attempts, ended } = each.job;
      const place = placeOf(each);
      return {
        ...{ id, label: label ?? null, state: stateOf(each.job), at: new Date(at).toISOString() },
        ...{ node: place?.node ?? null, attempts: attempts.length },
        error: ended?.error?.code ?? null,
      };
    });
    const rows = jobs.map((job) => [
      job.id,
      job.label ?? '—',
      job.error ? `failed: ${job.error}` : job.state,
      job.at.slice(0, 19).replace('T', ' '),
      job.node ? shortNode(job.node) : '—',
      String(job.attempts),
    ]);
    const titles = ['job', 'what', 'state', 'since', 'node', 'tries'];
    const columns = titles.map((title) => ({ title }));
    return { data: { jobs }, text: rows.length > 0 ? renderTable(columns, rows) : 'No jobs yet.' };
  },
});
