import { account } from '../../chain/account.ts';
import type { BenchChain, Call } from '../../chain/bench-chain.ts';
import { measure } from '../../gas/scenario.ts';
import { WAD } from '../../protocols/numbers.ts';
import * as act from '../channel-calls.ts';
import { type ComputeContracts, fund } from '../deploy-compute.ts';
import { party } from '../party.ts';

const BATCH = 100;
const DEPOSIT = 100n * WAD;
const DAY_SECONDS = 86_400;

/** Everything a channel costs: a payee whose lane is in use and one whose lane is new. */
export async function runChannelRows(chain: BenchChain, c: ComputeContracts): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const [payee, newcomer] = [account('payee'), account('newcomer')];
  const payers = Array.from({ length: BATCH }, (_, k) => party(`payer ${k}`));
  const [first, second, third] = payers as [(typeof payers)[0], (typeof payers)[0], (typeof payers)[0]];
  await chain.mine(fund(c, [payee, newcomer, ...payers.map(({ address }) => address)]));
  const channel = (payer: (typeof payers)[0], to = payee, salt = 0n) => ({
    payer,
    payee: to,
    token: c.token,
    salt,
  });
  const take = async (label: string, call: Call, advance?: number) =>
    rows.set(label, (await measure(chain, call, advance)).gas);

  const fresh = channel(first, newcomer);
  await take('open, new lane', act.openChannel(c, fresh, DEPOSIT));
  await take('redeem, first in a new lane', act.redeem(c, await act.signVoucher(c, fresh, WAD)));
  await take('collect, till without code', act.collect(c, fresh));

  const used = channel(first);
  await take('open a till', act.openTill(c, used));
  await measure(chain, act.openChannel(c, used, DEPOSIT));
  await take('open', act.openChannel(c, channel(second), DEPOSIT));
  await take('top up', act.topUp(c, used, DEPOSIT));
  await take('redeem, first of a channel', act.redeem(c, await act.signVoucher(c, used, WAD)));
  await take('redeem, repeat', act.redeem(c, await act.signVoucher(c, used, 2n * WAD)));
  await take('collect', act.collect(c, used));
  await take('redeem, after collecting', act.redeem(c, await act.signVoucher(c, used, 3n * WAD)));
  const both = act.redeemAndCollect(c, used, [await act.signVoucher(c, used, 4n * WAD)]);
  await take('redeem and collect, one transaction', both);

  for (const payer of payers.slice(2)) await chain.mine([act.openChannel(c, channel(payer), DEPOSIT)]);
  const signAll = (total: bigint) =>
    Promise.all(payers.map((payer) => act.signVoucher(c, channel(payer), total)));
  const whole = await measure(chain, act.redeemBatch(c, payee, await signAll(5n * WAD)));
  rows.set('redeem, each of a batch of 100', Math.ceil(whole.gas / BATCH));
  const paidOut = await measure(chain, act.redeemAndCollect(c, used, await signAll(6n * WAD)));
  rows.set('redeem and collect, each of a batch of 100', Math.ceil(paidOut.gas / BATCH));

  const { timestamp } = (await chain.request('eth_getBlockByNumber', ['latest', false])) as {
    timestamp: string;
  };
  const since = BigInt(timestamp);
  const terms = { total: 6n * WAD, rate: WAD / 3600n, since, until: since + 86_400n };
  await take('redeem a stream', await act.redeemStream(c, used, terms));
  await take('close, by the payee', act.close(c, used, payee));
  await take('close, by the payer', act.close(c, channel(third), third.address));
  await take('finalise', act.finalise(c, channel(third), account('anyone')), DAY_SECONDS);
  return rows;
}
