import { MillraceError } from '@millrace/protocol';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { findJob } from '../../rent/find-job.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { requestStop } from '../../rent/stops.ts';
import { awaitStopped, tellNodeToStop } from '../../rent/tell-stop.ts';

export const jobStop = defineCommand({
  path: 'job stop',
  summary: 'End a job that was given away',
  details:
    'What was done is paid, and no more. It is written down first: the job has ended even when its node does not answer.',
  arguments: { id: { about: 'its id, or the beginning of it' } },
  options: signerOptions,
  examples: ['job stop 4f2a --as alice'],
  run: async (session, { arguments: { id }, options }) => {
    const opened = await openCompute(session);
    const { address } = await findActor(session, opened, options);
    const found = findJob(await readSlots(await rentFolder(session, opened, address)), id);
    const { job, slot } = found;
    if (job.ended) {
      throw new MillraceError('This job does not run.', {
        code: 'JOB_ENDED',
        fault: 'user',
        hint: `\`millrace job show ${job.id}\` says how it ended.`,
      });
    }
    requestStop(slot.path, job.id);
    await awaitStopped(slot.path, job.id, session.signal);
    const status = await tellNodeToStop(session, found);
    const after = status === undefined ? '' : `, after ${(Number(status.fuel) / 1e9).toFixed(3)} G fuel`;
    return {
      data: { id: job.id, state: 'stopped', fuel: status?.fuel ?? null, heard: status !== undefined },
      text: `${job.id} is stopped${after}.`,
    };
  },
});
