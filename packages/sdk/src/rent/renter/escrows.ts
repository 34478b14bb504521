import { toMillraceError } from '@millrace/protocol';
import type { JobSpec } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import { reclaimEscrows } from '../escrow/reclaim-escrows.ts';
import { type EscrowResult, type RunEscrowOptions, runEscrow } from '../escrow/run-escrow.ts';
import { settleIntents } from '../escrow/settle-intents.ts';
import type { RentHost } from '../host/rent-host.ts';
import { type RentJob, toJobSpec } from '../job/rent-job.ts';
import { noOffer } from '../plan/no-offer.ts';
import type { Ranking } from '../rank/rank-offers.ts';
import type { KeptStore } from './kept-store.ts';

/** Jobs without a channel. */
export type RenterEscrows = {
  run(job: RentJob, options: RunEscrowOptions): Promise<EscrowResult>;
  reclaim(): Promise<Hex[]>;
};

/** @param find ranks what offers there are for a job */
export function createRenterEscrows(
  host: RentHost,
  store: KeptStore,
  find: (spec: JobSpec) => Promise<Ranking>,
): RenterEscrows {
  const settle = () => settleIntents(host, store.state.intents.values());
  // What was on its way when the last process died is looked for at once.
  settle().catch((error: unknown) => host.note({ type: 'trouble', error: toMillraceError(error) }));

  return {
    run: async (job, options) => {
      const spec = await toJobSpec(host.content, job);
      const { ranked, dismissed } = await find(spec);
      if (ranked.length > 0) return await runEscrow(host, spec, ranked, options);
      throw noOffer(
        dismissed.map(({ offer: { ask }, code, sentence }) => {
          return { node: ask.node, endpoint: ask.endpoint, code, sentence };
        }),
      );
    },
    reclaim: async () => {
      await settle();
      return await reclaimEscrows(host, [...store.state.escrows.values()]);
    },
  };
}
