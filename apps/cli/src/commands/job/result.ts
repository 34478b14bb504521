import { join } from 'node:path';
import { exportFile } from '@millrace/content';
import { openFolderStore } from '@millrace/content/folder';
import { MillraceError } from '@millrace/protocol';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { textOf, writeResult } from '../../job/job-outcome.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { findJob } from '../../rent/find-job.ts';
import { CONTENT_BYTES } from '../../rent/open-renter.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { pause } from '../../terminal/pause.ts';

export const jobResult = defineCommand({
  path: 'job result',
  summary: 'The result of a job that was given away',
  details: 'Results are kept on this machine, checked against the receipt.',
  arguments: { id: { about: 'its id, or the beginning of it' } },
  options: {
    output: { kind: 'text', value: 'file', about: 'where it goes; default: printed', short: '-o' },
    wait: { kind: 'flag', about: 'wait until it is there' },
    ...signerOptions,
  },
  examples: ['job result 4f2a --as alice', 'job result 4f2a --wait --output labels.bin --as alice'],
  run: async (session, { arguments: { id }, options }) => {
    const opened = await openCompute(session);
    const { address } = await findActor(session, opened, options);
    const folder = await rentFolder(session, opened, address);
    let found = findJob(await readSlots(folder), id);
    while (options.wait && !found.job.ended) {
      await pause(500, session.signal);
      session.signal.throwIfAborted();
      found = findJob(await readSlots(folder), found.job.id);
    }
    const { ended } = found.job;
    if (ended?.error) {
      throw new MillraceError(ended.error.shortMessage, {
        ...{ code: ended.error.code, fault: ended.error.fault, retryable: ended.error.retryable },
        ...{ hint: ended.error.hint, details: { job: found.job.id, ...ended.error.details } },
      });
    }
    if (ended?.result === undefined) {
      throw new MillraceError('This job has not ended.', {
        code: 'JOB_RUNS',
        fault: 'user',
        retryable: true,
        hint: 'Add --wait, or follow it with `millrace job logs -f`.',
      });
    }
    const store = await openFolderStore(join(folder, `${found.slot.number}.content`), {
      maxBytes: CONTENT_BYTES,
    });
    const bytes = await exportFile(store, ended.result, { maxBytes: 2 ** 31 });
    const path = options.output === undefined ? undefined : writeResult(session, options.output, bytes);
    const text = textOf(bytes);
    return {
      data: {
        ...{ id: found.job.id, cid: ended.result, bytes: bytes.length },
        ...(path === undefined
          ? { result: Buffer.from(bytes).toString('base64'), text: text ?? null }
          : { path }),
      },
      text: path
        ? `Saved to ${path}.`
        : (text?.replace(/\n$/, '') ?? 'It is not text: save it with --output <file>.'),
    };
  },
});
