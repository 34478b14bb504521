import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { account } from '../chain/account.ts';
import { BenchChain } from '../chain/bench-chain.ts';
import { mineTransfers } from '../protocols/erc20/transfers.ts';
import { WAD } from '../protocols/numbers.ts';
import { deployToken, mint, transfer } from '../protocols/tokens.ts';

/** What analysing a block, or a range of blocks, took a process of its own. */
type Cost = { transactions: number; seconds: number; peakMegabytes: number };

/** `blocks`: one block each of so many transfers. `ranges`: so many blocks of twenty transfers each. */
export type ProfilerReport = {
  blocks: Cost[];
  ranges: (Cost & { blocks: number })[];
};

const BLOCK_SIZES = [500, 1000, 2000];
const RANGES = [100, 1000];
const PER_BLOCK = 20;
const TSX = fileURLToPath(import.meta.resolve('tsx/cli'));
const ANALYZE = fileURLToPath(new URL('analyze-once.ts', import.meta.url));

/** From the question to the node to the finished report: reading, names, graph, four engines on 4, 16 and 64 cores. */
export async function measureProfiler(): Promise<ProfilerReport> {
  const blocks: Cost[] = [];
  for (const size of BLOCK_SIZES) {
    const chain = await BenchChain.start();
    try {
      const { receipts } = await mineTransfers(chain, size);
      const number = BigInt(receipts[0]?.blockNumber ?? 0);
      blocks.push(await analyze(chain, number, number));
    } finally {
      await chain.stop();
    }
  }
  return { blocks, ranges: await measureRanges() };
}

async function measureRanges(): Promise<ProfilerReport['ranges']> {
  const chain = await BenchChain.start();
  try {
    const token = await deployToken(chain, 'A');
    const senders = Array.from({ length: PER_BLOCK }, (_, i) => account(`sender${i}`));
    await chain.mine(senders.map((sender) => mint(token, sender, WAD)));
    const payments = senders.map((sender, i) => transfer(token, sender, account(`receiver${i}`), 1n));
    const [first] = await chain.mine(payments);
    for (let k = 1; k < Math.max(...RANGES); k++) await chain.mine(payments);
    const start = BigInt(first?.blockNumber ?? 0);
    const ranges: ProfilerReport['ranges'] = [];
    for (const count of RANGES) {
      ranges.push({ blocks: count, ...(await analyze(chain, start, start + BigInt(count) - 1n)) });
    }
    return ranges;
  } finally {
    await chain.stop();
  }
}

async function analyze(chain: BenchChain, from: bigint, to: bigint): Promise<Cost> {
  const args = [TSX, '--conditions=@millrace/source', ANALYZE, chain.url, String(from), String(to)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const { transactions, seconds, peakMegabytes } = JSON.parse(stdout) as Cost;
  return { transactions, seconds: round(seconds), peakMegabytes: Math.round(peakMegabytes) };
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}
