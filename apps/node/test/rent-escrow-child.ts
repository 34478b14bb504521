/** A renter that dies while it opens a job on chain. Run by `rent-escrow-crash.test.ts`. */

import { createDevnetClient, devnetAccount } from '@millrace/devnet';
import { openJournal } from '@millrace/journal';
import { createRenter, RENT_MEANING, type RentRecord, type RentState } from '@millrace/sdk/rent';
import { ECHO } from './modules.ts';
import { jobOf } from './rent-jobs.ts';

const { url, contracts, token, nodes, journal, account, dieAt, runSeconds } = JSON.parse(
  process.argv[2] as string,
);
const kept = await openJournal<RentRecord, RentState>(journal, RENT_MEANING);
const die = () => process.kill(process.pid, 'SIGKILL');
const renter = await createRenter({
  client: createDevnetClient({ url }, { account: devnetAccount(account) }),
  contracts,
  token,
  discovery: { nodes, registry: false },
  store: {
    load: async () => kept.state,
    append: async (...records) => {
      const isOpened = records.some(({ type }) => type === 'escrow');
      const isIntent = records.some(({ type }) => type === 'escrow-intent');
      // The transaction is mined, and nobody has written it down.
      if (dieAt === 'opened' && isOpened) die();
      await kept.append(...records);
      // It is written down, and nothing was sent.
      if (dieAt === 'intent' && isIntent) die();
    },
  },
});
await renter.runEscrow(jobOf(ECHO, { timeMilliseconds: 1_000 }), { runSeconds: BigInt(runSeconds) });
