/** A renter with a journal, in a process of its own, so that it can be killed. Run by `rent-crash.test.ts`. */

import { openFolderStore } from '@millrace/content/folder';
import { createDevnetClient, devnetAccount } from '@millrace/devnet';
import { openJournal } from '@millrace/journal';
import { createRenter, RENT_MEANING, type RentRecord, type RentState } from '@millrace/sdk/rent';
import { ECHO, LONG_STEPS } from './modules.ts';
import { jobOf } from './rent-jobs.ts';

const { url, contracts, token, nodes, journal, account, jobs, isLast } = JSON.parse(
  process.argv[2] as string,
);
const kept = await openJournal<RentRecord, RentState>(journal, RENT_MEANING);
const renter = await createRenter({
  client: createDevnetClient({ url }, { account: devnetAccount(account) }),
  contracts,
  token,
  discovery: { nodes, registry: false },
  blocks: await openFolderStore(`${journal}.blocks`, { maxBytes: 2 ** 26 }),
  store: { load: async () => kept.state, append: kept.append },
  // Each job once, however slow the machine is.
  timing: { payMilliseconds: 30, patienceMilliseconds: 120_000 },
});
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

// Jobs are named by what they work on: those that the journal knows are not given out again.
const known = new Set([...kept.state.jobs.values()].map(({ label }) => label));
for (const handle of renter.unfinished()) {
  handle.result.then(
    ({ bytes }) => say({ label: handle.label, byte: bytes[0], resumed: true }),
    (error) => say({ label: handle.label, code: error.code }),
  );
}
for (let at = 0; at < jobs; at++) {
  if (known.has(`${at}`)) continue;
  // The first takes seconds: whoever is killed in its first one leaves it behind.
  const job =
    at === 0
      ? jobOf(LONG_STEPS, { fuel: 30_000_000_000n, timeMilliseconds: 600_000 })
      : jobOf(ECHO, { inputs: [Uint8Array.of(at % 256)] });
  const handle = renter.run({ ...job, label: `${at}` }, { watch: false });
  handle.result.then(
    ({ bytes }) => say({ label: handle.label, byte: bytes[0] }),
    (error) => say({ label: handle.label, code: error.code }),
  );
  await new Promise((resolve) => setTimeout(resolve, 15));
}
// Those that are killed are killed, and not done before.
while (!isLast || renter.unfinished().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
await renter.settle();
say({
  done: true,
  channels: (await renter.listChannels()).map(({ ours, theirs, chain }) => ({
    signed: `${ours.signed}`,
    receipts: ours.receipts,
    theirSigned: `${theirs?.signed}`,
    theirDue: `${theirs?.due}`,
    theirReceipts: theirs?.receipts,
    deposit: `${chain.deposit}`,
  })),
});
await renter.close();
process.exit(0);
