import { MillraceError } from '@millrace/protocol';
import { jobEventSchema, RefusalError, ROUTES, readWireText, refusalSchema } from '@millrace/protocol/wire';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { findJob, placeOf } from '../../rent/find-job.ts';
import { rentFolder } from '../../rent/rent-folder.ts';
import { readSlots } from '../../rent/slots.ts';
import { linesOf } from '../../terminal/lines-of.ts';

const QUIET_MILLISECONDS = 700;

export const jobLogs = defineCommand({
  path: 'job logs',
  summary: 'What a job says',
  details: 'Straight from the node that has it; looking costs nothing. Ctrl-C ends the looking only.',
  arguments: { id: { about: 'its id, or the beginning of it' } },
  options: {
    follow: { kind: 'flag', about: 'go on until the job has ended', short: '-f' },
    ...signerOptions,
  },
  examples: ['job logs 4f2a --as alice', 'job logs 4f2a -f --as alice'],
  endsOnInterrupt: true,
  run: async (session, { arguments: { id }, options }) => {
    const { terminal, signal } = session;
    const opened = await openCompute(session);
    const { address } = await findActor(session, opened, options);
    const found = findJob(await readSlots(await rentFolder(session, opened, address)), id);
    const place = placeOf(found);
    if (place === undefined) {
      throw new MillraceError('No node has this job yet.', {
        code: 'JOB_NOT_GIVEN',
        fault: 'user',
        retryable: true,
        hint: 'Try again in a moment.',
      });
    }
    const quiet = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const listen = () => {
      clearTimeout(timer);
      if (!options.follow) timer = setTimeout(() => quiet.abort(), QUIET_MILLISECONDS);
    };
    try {
      const url = `${place.endpoint}${ROUTES.jobEvents(place.id)}`;
      const response = await fetch(url, { signal: AbortSignal.any([signal, quiet.signal]) });
      if (!response.ok || response.body === null)
        throw RefusalError.from(readWireText(refusalSchema, await response.text()));
      listen();
      for await (const line of linesOf(response.body)) {
        const event = readWireText(jobEventSchema, line);
        listen();
        if (event.type === 'log') terminal.printLine({ data: event, text: event.text });
        else if (terminal.json) terminal.printLine({ data: event, text: '' });
        if (event.type === 'ended') break;
      }
    } catch (error) {
      if (signal.aborted || quiet.signal.aborted) return undefined;
      if (error instanceof MillraceError) throw error;
      throw new MillraceError(`The node at ${place.endpoint} does not answer.`, {
        code: 'NODE_SILENT',
        fault: 'network',
        retryable: true,
        hint: 'The job moves elsewhere when its node stays away: try again in half a minute.',
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
    return undefined;
  },
});
