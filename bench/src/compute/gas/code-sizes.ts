import type { Address, Hex } from 'viem';
import { size } from 'viem';
import type { BenchChain } from '../../chain/bench-chain.ts';
import type { ComputeContracts } from '../deploy-compute.ts';

/** The most bytes a contract's code may have (EIP-170). */
export const MOST_CODE_BYTES = 24_576;

/** Bytes of the code of each contract, as deployed. */
export async function readCodeSizes(chain: BenchChain, c: ComputeContracts): Promise<Record<string, number>> {
  const contracts: readonly [string, Address][] = [
    ['NodeRegistry', c.registry],
    ['Bond', c.bond],
    ['Channels', c.channels],
    ['JobMarket', c.jobs],
    ['Receipts', c.receipts],
  ];
  const codes = await chain.requests(
    contracts.map(([, address]) => ['eth_getCode', [address, 'latest']] as const),
  );
  return Object.fromEntries(contracts.map(([name], k) => [name, size(codes[k] as Hex)]));
}
