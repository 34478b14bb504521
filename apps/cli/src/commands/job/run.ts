import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { describeJobEvent, jobEventData } from '../../job/describe-event.ts';
import { jobOptions } from '../../job/job-options.ts';
import { jobOutcome } from '../../job/job-outcome.ts';
import { readJob } from '../../job/read-content.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { openRenter } from '../../rent/open-renter.ts';
import { findOptions, readNodeUrls, readPreference } from '../../rent/rent-options.ts';

export const jobRun = defineCommand({
  path: 'job run',
  summary: 'Run a job on a rented machine, and wait for its result',
  details:
    'Finds a machine, opens a channel to it with a small deposit if there is none, pays by vouchers while it works, checks receipt and result. If the machine fails, another one takes over, from the last checkpoint. The result is printed, or saved with --output; what happens on the way is on stderr. Ctrl-C stops the job: what was done is paid.',
  arguments: { module: { about: 'the .wasm, .onnx or container file, or its CID' } },
  options: {
    ...jobOptions,
    ...findOptions,
    output: { kind: 'text', value: 'file', about: 'where the result goes; default: printed', short: '-o' },
    events: { kind: 'flag', about: 'print a line of JSON for whatever happens, before the result' },
    ...signerOptions,
  },
  examples: [
    'job run build/job.wasm --input data.bin --as alice',
    'job run digits.wasm --input images.bin --output labels.bin --prefer fast --keystore main',
    'job run model.onnx --input frames.bin --tier fast --max-price 0.10 --as alice',
  ],
  run: async (session, { arguments: { module }, options }) => {
    const { terminal, signal } = session;
    const prefer = readPreference(options.prefer);
    const nodes = readNodeUrls(options.node);
    const opened = await openCompute(session);
    const { token } = opened.compute;
    const job = await readJob(session, module, options, token.decimals);
    const actor = await findActor(session, opened, options);
    const account = await actor.unlock();
    const { renter, close } = await openRenter(session, opened, { account, nodes, prefer });
    try {
      const handle = renter.run(job, { watch: true });
      signal.addEventListener('abort', () => handle.stop(), { once: true });
      for await (const event of handle) {
        const data = options.events && jobEventData(handle.id, event);
        const words = describeJobEvent(event, token);
        if (data) terminal.printLine({ data, text: words ?? event.type });
        else if (words !== undefined) terminal.note(terminal.noteColors.dim(words));
      }
      return jobOutcome(session, handle.id, await handle.result, token, options.output);
    } finally {
      await close();
    }
  },
});
