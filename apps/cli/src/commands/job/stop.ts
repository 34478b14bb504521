import { MillraceError } from '@millrace/protocol';
import { sessionKeyOf } from '@millrace/protocol/compute';
import {
  encodeWire,
  jobStatusSchema,
  RefusalError,
  ROUTES,
  readWireText,
  refusalSchema,
  signWire,
} from '@millrace/protocol/wire';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { findJob, placeOf } from '../../rent/find-job.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';

export const jobStop = defineCommand({
  path: 'job stop',
  summary: 'End a job that was given away',
  details: 'What was done is paid, and no more.',
  arguments: { id: { about: 'its id, or the beginning of it' } },
  options: signerOptions,
  examples: ['job stop 4f2a --as alice'],
  run: async (session, { arguments: { id }, options }) => {
    const { settings, signal } = session;
    const opened = await openCompute(session);
    const { address } = await findActor(session, opened, options);
    const found = findJob(await readSlots(await rentFolder(session, opened, address)), id);
    const place = placeOf(found);
    const secret = found.slot.state.session?.secret;
    if (found.job.ended || place === undefined || secret === undefined) {
      throw new MillraceError('This job does not run.', {
        code: 'JOB_ENDED',
        fault: 'user',
        hint: `\`millrace job show ${found.job.id}\` says how it ended.`,
      });
    }
    const at = BigInt(Math.floor(Date.now() / 1_000));
    const response = await fetch(`${place.endpoint}${ROUTES.stop(place.id)}`, {
      method: 'POST',
      body: encodeWire(signWire('stop', { id: place.id, at }, sessionKeyOf(secret))),
      signal: AbortSignal.any([signal, AbortSignal.timeout(settings.timeoutMilliseconds)]),
    }).catch((cause: unknown) => {
      throw new MillraceError(`The node at ${place.endpoint} does not answer.`, {
        code: 'NODE_SILENT',
        fault: 'network',
        retryable: true,
        hint: 'Try again.',
        cause,
      });
    });
    const text = await response.text();
    if (!response.ok) throw RefusalError.from(readWireText(refusalSchema, text));
    const { state, fuel } = readWireText(jobStatusSchema, text);
    return {
      data: { id: found.job.id, state, fuel },
      text: `${found.job.id} was told to stop, after ${(Number(fuel) / 1e9).toFixed(3)} G fuel.`,
    };
  },
});
