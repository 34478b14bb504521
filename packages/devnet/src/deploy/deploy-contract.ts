import { MillraceError } from '@millrace/protocol';
import {
  type Abi,
  type Account,
  type Address,
  type ContractConstructorArgs,
  encodeDeployData,
  getAddress,
  type Hex,
} from 'viem';
import type { DevnetClient } from '../chain/devnet-client.ts';
import { transact } from '../chain/transact.ts';

export type Contract<abi extends Abi> = {
  abi: abi;
  bytecode: Hex;
  args: ContractConstructorArgs<abi>;
  /** Who deploys. Default: the client's account. */
  account?: Account | undefined;
};

/** Deploys one contract and returns its address, which depends on the deployer and its nonce alone. */
export async function deployContract<const abi extends Abi>(
  client: DevnetClient,
  contract: Contract<abi>,
): Promise<Address> {
  const data = encodeDeployData({
    abi: contract.abi as Abi,
    bytecode: contract.bytecode,
    args: contract.args as readonly unknown[],
  });
  const receipt = await transact(client, { data, account: contract.account });
  if (receipt.contractAddress) return getAddress(receipt.contractAddress);
  throw new MillraceError('Nothing was deployed.', { code: 'DEPLOY_FAILED', fault: 'protocol' });
}
