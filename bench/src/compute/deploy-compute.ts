import { bondAbi, bondBytecode } from '@millrace/protocol/contracts/bond';
import { channelsAbi, channelsBytecode } from '@millrace/protocol/contracts/channels';
import { jobMarketAbi, jobMarketBytecode } from '@millrace/protocol/contracts/job-market';
import { mockTokenAbi } from '@millrace/protocol/contracts/mock-token';
import { nodeRegistryAbi, nodeRegistryBytecode } from '@millrace/protocol/contracts/node-registry';
import { receiptsAbi, receiptsBytecode } from '@millrace/protocol/contracts/receipts';
import { type Address, zeroAddress } from 'viem';
import type { BenchChain, Call } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import { MAX_UINT, WAD } from '../protocols/numbers.ts';
import { deployToken, mint } from '../protocols/tokens.ts';

/** The contracts of the network of machines, from the release build, and the token that pays. */
export type ComputeContracts = {
  token: Address;
  registry: Address;
  bond: Address;
  channels: Address;
  jobs: Address;
  receipts: Address;
};

const DAY_SECONDS = 86_400n;
const FUNDS = 1_000_000n * WAD;

export async function deployCompute(chain: BenchChain): Promise<ComputeContracts> {
  const token = await deployToken(chain, 'USD');
  const bond = await chain.deploy(bondAbi, bondBytecode, [token, zeroAddress, 21n * DAY_SECONDS]);
  return {
    token,
    bond,
    registry: await chain.deploy(nodeRegistryAbi, nodeRegistryBytecode, []),
    channels: await chain.deploy(channelsAbi, channelsBytecode, [DAY_SECONDS]),
    jobs: await chain.deploy(jobMarketAbi, jobMarketBytecode, [bond]),
    receipts: await chain.deploy(receiptsAbi, receiptsBytecode, []),
  };
}

/** Mints to the accounts, and approves the contracts that take money for ever. */
export function fund(c: ComputeContracts, accounts: readonly Address[]): Call[] {
  return accounts.flatMap((account) => [
    mint(c.token, account, FUNDS),
    ...[c.channels, c.jobs, c.bond].map((spender) =>
      callOf(account, c.token, mockTokenAbi, 'approve', [spender, MAX_UINT]),
    ),
  ]);
}
