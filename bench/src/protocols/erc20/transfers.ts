import { account } from '../../chain/account.ts';
import type { BenchChain, Receipt } from '../../chain/bench-chain.ts';
import { Description } from '../description.ts';
import { WAD } from '../numbers.ts';
import { deployToken, describeTokens, mint, transfer } from '../tokens.ts';

const HELD = 1000n * WAD;

/** The ideal: every transfer is between two users that nobody else meets, and both hold some of the token. */
export async function mineTransfers(
  chain: BenchChain,
  count: number,
): Promise<{ receipts: Receipt[]; describe: () => Promise<Description> }> {
  const token = await deployToken(chain, 'A');
  const pairs = Array.from({ length: count }, (_, i) => ({
    from: account(`from${i}`),
    to: account(`to${i}`),
  }));
  await chain.mine(pairs.flatMap(({ from, to }) => [mint(token, from, HELD), mint(token, to, HELD)]));
  const calls = pairs.map(({ from, to }) => transfer(token, from, to, WAD));
  const receipts = await chain.mine(calls, { ordered: true });
  return { receipts, describe: async () => describeTokens(new Description(), token) };
}
