import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { dismissalData, rankedData, renderRanking } from '../../figures/offer-data.ts';
import { jobOptions } from '../../job/job-options.ts';
import { readJob } from '../../job/read-content.ts';
import { lookAround } from '../../rent/look-around.ts';
import { findOptions, readNodeUrls, readPreference } from '../../rent/rent-options.ts';

export const offerCompare = defineCommand({
  path: 'offer compare',
  summary: 'Who would do a job, at what cost, and why the others would not',
  details: 'Takes a job as `job run` does. Costs and times are what it comes to at the limits of the job.',
  arguments: { module: { about: 'the .wasm, .onnx or container file, or its CID' } },
  options: { ...jobOptions, ...findOptions },
  examples: [
    'offer compare build/job.wasm --input data.bin',
    'offer compare build/job.wasm --region FI --energy wind --max-price 0.02 --prefer fast',
  ],
  run: async (session, { arguments: { module }, options }) => {
    const prefer = readPreference(options.prefer);
    const nodes = readNodeUrls(options.node);
    const opened = await openCompute(session);
    const { token } = opened.compute;
    const job = await readJob(session, module, options, token.decimals);
    const { ranked, dismissed } = await lookAround(session, opened, nodes, async (renter) =>
      renter.findOffers(await renter.specOf(job), { prefer }),
    );
    const text = renderRanking(ranked, dismissed, token) || 'Nobody offers a machine now.';
    return {
      data: {
        symbol: token.symbol,
        decimals: token.decimals,
        ranked: ranked.map(rankedData),
        dismissed: dismissed.map(dismissalData),
      },
      text,
      exitCode: ranked.length > 0 ? 0 : 1,
    };
  },
});
