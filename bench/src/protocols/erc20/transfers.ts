import type { Address } from 'viem';
import { account } from '../../chain/account.ts';
import type { BenchChain, Call, Receipt } from '../../chain/bench-chain.ts';
import { WAD } from '../numbers.ts';
import { deployToken, mint, transfer } from '../tokens.ts';

const HELD = 1000n * WAD;

/** The ideal: every transfer is between two users that nobody else meets, and both hold some of the token. */
export async function mineTransfers(chain: BenchChain, count: number): Promise<Receipt[]> {
  const token = await deployToken(chain, 'A');
  const calls: Call[] = [];
  const minted: Call[] = [];
  for (let i = 0; i < count; i++) {
    const [from, to] = [account(`from${i}`), account(`to${i}`)] as [Address, Address];
    minted.push(mint(token, from, HELD), mint(token, to, HELD));
    calls.push(transfer(token, from, to, WAD));
  }
  await chain.mine(minted);
  return chain.mine(calls, { ordered: true });
}
