import type { ChannelKey } from '@millrace/protocol/compute';
import { ComputeError } from '@millrace/protocol/compute';
import type { Address } from 'viem';
import { openChannel } from '../../compute/channel/open-channel.ts';
import { topUpChannel } from '../../compute/channel/top-up-channel.ts';
import type { TokenPermit } from '../../compute/permit/permit.ts';
import { signTokenPermit } from '../../compute/permit/sign-token-permit.ts';
import { approve } from '../../token/approve.ts';
import { getAllowance } from '../../token/get-allowance.ts';
import { getBalance } from '../../token/get-balance.ts';
import type { RentHost } from '../host/rent-host.ts';

/** How a deposit is allowed: by a permit where the token knows them, else by an approval of exactly the amount. */
export type Funding = 'permit' | 'approve';

const PERMIT_SECONDS = 1_800n;

/** What the payer has, base units. */
export async function getFunds(host: RentHost): Promise<bigint> {
  return await getBalance(host.client, { token: host.token, owner: host.account.address });
}

/** Opens a channel on chain. One transaction of the payer at a time. @returns the deposit */
export async function fundChannel(
  host: RentHost,
  funding: Funding,
  key: ChannelKey,
  deposit: bigint,
): Promise<bigint> {
  const { channels } = host.contracts;
  return await host.wallet(async () => {
    const permit = await allow(host, funding, channels, deposit);
    await openChannel(host.client, { channels, key, deposit, permit, account: host.account });
    return deposit;
  });
}

/** Adds to a deposit. @returns all that was ever deposited */
export async function addToChannel(
  host: RentHost,
  funding: Funding,
  key: ChannelKey,
  amount: bigint,
): Promise<bigint> {
  const { channels } = host.contracts;
  return await host.wallet(async () => {
    const permit = await allow(host, funding, channels, amount);
    const sent = await topUpChannel(host.client, { channels, key, amount, permit, account: host.account });
    return sent.result;
  });
}

/** Makes sure that a contract may take an amount; nothing is done when it may already. */
export async function allow(
  host: RentHost,
  funding: Funding,
  spender: Address,
  amount: bigint,
): Promise<TokenPermit | undefined> {
  const { client, token, account } = host;
  const allowance = await getAllowance(client, { token, owner: account.address, spender });
  if (allowance >= amount) return undefined;
  if (funding === 'permit') {
    const deadline = BigInt(Math.floor(Date.now() / 1_000)) + PERMIT_SECONDS;
    try {
      return await signTokenPermit(client, { token, spender, value: amount, deadline, account });
    } catch (error) {
      const isUnsupported = error instanceof ComputeError && error.code === 'PERMIT_UNSUPPORTED';
      if (!isUnsupported) throw error;
    }
  }
  await approve(client, { token, spender, amount, account });
  return undefined;
}
