import type { Earnings } from '@millrace/protocol/wire';
import { getCredit } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';

/** What the node has earned, is owed, and can collect. */
export async function earningsOf(core: Core): Promise<Earnings> {
  const now = performance.now();
  const channels = [...core.books.all()].map((channel) => ({
    channel: channel.id,
    payer: channel.key.payer,
    deposit: channel.deposit,
    due: channel.due(now),
    signed: channel.signed,
    redeemed: channel.redeemed,
  }));
  const unpaid = channels.reduce((sum, { due, signed }) => sum + (due > signed ? due - signed : 0n), 0n);
  const signed = channels.reduce((sum, channel) => sum + channel.signed - channel.redeemed, 0n);
  const credit = await creditOf(core);
  return {
    token: core.config.token,
    unpaid,
    signed,
    credit,
    collected: core.journal.state.collected,
    channels,
  };
}

/** What waits in the lanes that this node watches, of vouchers and of one-off jobs. */
async function creditOf(core: Core): Promise<bigint> {
  const { contracts, token, lanes } = core.config;
  const payee = core.account.address;
  const all = [contracts.channels, contracts.jobMarket].flatMap((contract) =>
    Array.from({ length: lanes }, (_, number) =>
      getCredit(core.client, { contract, lane: { payee, token, number: BigInt(number) } }),
    ),
  );
  return (await Promise.all(all)).reduce((sum, each) => sum + each, 0n);
}
