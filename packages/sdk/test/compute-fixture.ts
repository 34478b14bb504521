import {
  type Anvil,
  createDevnetClient,
  type DeployComputeOptions,
  type DeployedCompute,
  type DevnetClient,
  deployCompute,
  devnetAccount,
  fund,
  startAnvil,
} from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import {
  type ChannelKey,
  channelSalt,
  parseJobSpec,
  type SigningDomain,
  signingDomain,
} from '@millrace/protocol/compute';
import { type Address, type HDAccount, parseUnits } from 'viem';
import { openChannel } from '../src/compute/index.ts';
import { approve, getBalance, type SdkClient } from '../src/index.ts';
import { clientOf } from './lending-fixture.ts';

export const USDC = (amount: string) => parseUnits(amount, 6);

export const payer = devnetAccount(1);
export const node = devnetAccount(2);
export const relayer = devnetAccount(3);
export const stranger = devnetAccount(4);

/** A chain with the compute contracts, where `payer` and `node` hold 1,000 USDC each. */
export type Compute = {
  anvil: Anvil;
  admin: DevnetClient;
  contracts: DeployedCompute;
  token: Address;
  domain: SigningDomain;
  as: (account: HDAccount) => SdkClient;
  keyOf: (lane: bigint, nonce: bigint) => ChannelKey;
  balanceOf: (owner: Address) => Promise<bigint>;
};

export async function startCompute(options: DeployComputeOptions = {}): Promise<Compute> {
  const anvil = await startAnvil();
  const admin = createDevnetClient(anvil);
  const contracts = await deployCompute(admin, options);
  const token = contracts.token.address;
  for (const { address } of [payer, node]) await fund(admin, token, address, USDC('1000'));
  return {
    anvil,
    admin,
    contracts,
    token,
    domain: signingDomain('channels', { chainId: admin.chain.id, contract: contracts.channels }),
    as: (account) => clientOf(anvil.url, admin.chain, account),
    keyOf: (lane, nonce) => ({
      payer: payer.address,
      payee: node.address,
      token,
      salt: channelSalt(lane, nonce),
    }),
    balanceOf: (owner) => getBalance(admin, { token, owner }),
  };
}

/** A channel of `payer` to `node` with a deposit that was approved before. */
export async function openFor(compute: Compute, key: ChannelKey, deposit: bigint) {
  const { contracts, token, as } = compute;
  await approve(as(payer), { token, spender: contracts.channels, amount: deposit });
  return await openChannel(as(payer), { channels: contracts.channels, key, deposit });
}

/** Why it was refused. */
export async function refusalOf(run: () => Promise<unknown>): Promise<MillraceError> {
  const error = await run().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MillraceError) return error;
  throw new Error(`It was not refused properly: ${String(error)}`);
}

export const spec = parseJobSpec({
  version: 1,
  module: 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
  fuel: 1_000_000n,
  needs: { priceCap: USDC('5') },
});
