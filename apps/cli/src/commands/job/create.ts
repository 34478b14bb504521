import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { attendInBackground } from '../../job/attend.ts';
import { jobOptions } from '../../job/job-options.ts';
import { readJob } from '../../job/read-content.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { openRenter } from '../../rent/open-renter.ts';
import { findOptions, readNodeUrls, readPreference } from '../../rent/rent-options.ts';

export const jobCreate = defineCommand({
  path: 'job create',
  summary: 'Give a job away, and come back for its result later',
  details:
    'Returns as soon as a machine has it. A process in the background pays while it works, moves it when the machine fails, and ends with it. `job list` shows what runs, `job logs -f` follows, `job result` fetches.',
  arguments: { module: { about: 'the .wasm, .onnx or container file, or its CID' } },
  options: { ...jobOptions, ...findOptions, ...signerOptions },
  examples: ['job create build/job.wasm --input data.bin --deadline 6h --time 2h --as alice'],
  run: async (session, { arguments: { module }, options }) => {
    const prefer = readPreference(options.prefer);
    const nodes = readNodeUrls(options.node);
    const opened = await openCompute(session);
    const { token } = opened.compute;
    const job = await readJob(session, module, options, token.decimals);
    const actor = await findActor(session, opened, options);
    const key = await actor.reveal();
    const account = await actor.unlock();
    const { renter, slot, close } = await openRenter(session, opened, { account, nodes, prefer });
    let where: { node: string; endpoint: string } | undefined;
    const handle = renter.run(job, { watch: true });
    try {
      for await (const event of handle) {
        if (event.type === 'chosen') where = { node: event.node, endpoint: event.endpoint };
        if (event.type === 'queued' || event.type === 'started' || event.type === 'ended') break;
      }
      if (where === undefined) await handle.result;
    } finally {
      // A job that failed at once has been told by the loop: nobody waits for its result here.
      handle.result.catch(() => {});
      await close();
    }
    attendInBackground(session, opened, slot, key);
    const who = options.as
      ? ` --as ${options.as}`
      : options.keystore
        ? ` --keystore ${options.keystore}`
        : '';
    return {
      data: { id: handle.id, ...where },
      text: [
        handle.id,
        `${where?.endpoint ?? 'A node'} has it. Follow it: millrace job logs -f ${handle.id}${who}`,
        `Its result: millrace job result ${handle.id}${who}`,
      ].join('\n'),
    };
  },
});
