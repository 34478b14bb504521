import { collect, getCredit } from '@millrace/sdk/compute';
import { forgetChannels } from '../channel/forget-channels.ts';
import type { Core } from '../core.ts';

/** Sends what waits in the lanes of this node to its account, base units. */
export async function collectCredit(core: Core): Promise<bigint> {
  const { contracts, token, lanes } = core.config;
  const payee = core.account.address;
  let sum = 0n;
  for (const contract of [contracts.channels, contracts.jobMarket]) {
    for (let number = 0n; number < BigInt(lanes); number++) {
      const lane = { payee, token, number };
      if ((await getCredit(core.client, { contract, lane })) === 0n) continue;
      const { result, hash } = await core.sender.inTurn(() => collect(core.client, { contract, lane }));
      await core.journal.append({ t: 'collected', amount: result.toString() });
      core.log.info({ hash, lane: Number(number), amount: result.toString() }, 'credit was collected');
      sum += result;
    }
  }
  // A busy lane is never empty for long: now it is.
  if (sum > 0n) await forgetChannels(core);
  return sum;
}
