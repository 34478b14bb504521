import {
  type DeployedCompute,
  type DeployedToken,
  type DevnetClient,
  deployCompute,
  devnetAccount,
  fund,
} from '@millrace/devnet';
import { MACHINES } from '../machines/kinds.ts';
import { RENTER_ACCOUNT } from '../people/accounts.ts';

/** What the renter of the scene can spend, base units of the dollar. */
const RENTER_USD = 10_000_000_000n;
const GAS_MONEY = 10n ** 18n;

/**
 * Deploys what machines are rented by, paid in the dollar of the scene, and gives those who rent and those who work what
 * they need. After the markets: nothing of theirs has another address for it.
 */
export async function deployForMachines(
  client: DevnetClient,
  token: DeployedToken,
): Promise<DeployedCompute> {
  const compute = await deployCompute(client, { token });
  const renter = devnetAccount(RENTER_ACCOUNT);
  const owners = MACHINES.map(({ account }) => devnetAccount(account));
  for (const { address } of [renter, ...owners]) {
    await client.setBalance({ address, value: GAS_MONEY });
  }
  await fund(client, token.address, renter.address, RENTER_USD);
  return compute;
}
