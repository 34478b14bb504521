import type { Deployment } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import { marketBytecode } from '@millrace/protocol/contracts/market';
import { marketExtensionBytecode } from '@millrace/protocol/contracts/market-extension';
import { marketFactoryAbi } from '@millrace/protocol/contracts/market-factory';
import { type Address, keccak256, type PublicClient } from 'viem';
import { type Finding, ok, warning } from './finding.ts';

/** Whether the contracts are where the deployment says, and are those of this version. */
export async function checkContracts(client: PublicClient, deployment: Deployment): Promise<Finding[]> {
  const { marketFactory, lens, tillFactory, markets } = deployment;
  const places: [string, Address][] = [
    ['the factory', marketFactory],
    ['the lens', lens],
    ['the till factory', tillFactory],
    ...markets.map(({ symbol, address }): [string, Address] => [symbol, address]),
  ];
  const empty = await Promise.all(
    places.map(async ([name, address]) =>
      (await client.getCode({ address })) ? undefined : `${name} (${address})`,
    ),
  );
  const missing = empty.filter((each) => each !== undefined);
  if (missing.length > 0) {
    throw new MillraceError(`There is no code at the address of ${missing.join(', ')}.`, {
      code: 'NO_CONTRACT',
      fault: 'user',
      hint: 'Check --deployment and --rpc: they belong to the same chain. On the local chain: `millrace dev reset`.',
    });
  }
  return [ok('contracts', `All ${places.length} contracts are there.`), await checkCode(client, deployment)];
}

async function checkCode(client: PublicClient, { marketFactory, markets }: Deployment): Promise<Finding> {
  const factory = { address: marketFactory, abi: marketFactoryAbi } as const;
  const [market, extension, ...made] = await Promise.all([
    client.readContract({ ...factory, functionName: 'marketCodeHash' }),
    client.readContract({ ...factory, functionName: 'extensionCodeHash' }),
    ...markets.map(({ address }) =>
      client.readContract({ ...factory, functionName: 'isMarket', args: [address] }),
    ),
  ]);
  const strangers = markets.filter((_, i) => made[i] === false).map(({ symbol }) => symbol);
  if (strangers.length > 0) {
    return warning(
      'code',
      `${strangers.join(', ')} was not made by the factory.`,
      'Read its code before you trust it.',
    );
  }
  if (market === keccak256(marketBytecode) && extension === keccak256(marketExtensionBytecode)) {
    return ok('code', 'The factory makes markets of exactly the code this version knows.');
  }
  return warning(
    'code',
    'The factory makes markets of other code than this version knows.',
    'Use the version that the deployment was made with, or deploy again.',
  );
}
