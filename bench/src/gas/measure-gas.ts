import { BenchChain } from '../chain/bench-chain.ts';
import { deployAave } from '../protocols/aave-v3/deploy-aave.ts';
import { mineTransfers } from '../protocols/erc20/transfers.ts';
import type { LendingProtocol } from '../protocols/lending-protocol.ts';
import { deployMarket } from '../protocols/millrace/deploy-market.ts';
import { millraceProtocol } from '../protocols/millrace/millrace-protocol.ts';
import { deployMorpho } from '../protocols/morpho-blue/deploy-morpho.ts';
import { runExtraRows } from './extra-rows.ts';
import { OPERATIONS, type Operation, ROW_OF } from './operations.ts';
import { type Rows, runScenario } from './scenario.ts';

/** Lending protocols that go through the scenario. */
export const LENDERS = ['millrace', 'aave-v3', 'morpho-blue'] as const;
type Lender = (typeof LENDERS)[number];

/** Gas of each operation; `null` where a protocol has no such operation. */
type Operations = Record<Operation, number | null>;
type Gas = Record<string, number>;

/** The line for programs: gas by protocol and operation. */
type OperationsReport = Record<Lender, Operations> & {
  /** It does not lend, so every operation is `null`; a transfer between two holders is less than any of them. */
  erc20: Operations & { transfer: number };
};

/** And every row that was measured. */
export type GasReport = OperationsReport & { rows: Record<Lender, Gas>; extra: Gas };

/** Runs the scenario on a chain for each protocol; two runs of the same code give the same numbers. */
export async function measureGas(): Promise<GasReport> {
  const { rows: millrace, extra } = await onChain(async (chain) => {
    const market = await deployMarket(chain);
    const rows = gasOf(await runScenario(chain, millraceProtocol(chain, market, { findsTills: true })));
    return { rows, extra: gasOf(await runExtraRows(chain, market)) };
  });
  const rows = {
    millrace,
    'aave-v3': await measurePeer(deployAave),
    'morpho-blue': await measurePeer(deployMorpho),
  };
  const { receipts } = await onChain((chain) => mineTransfers(chain, 1));
  return {
    millrace: operationsOf(rows.millrace),
    'aave-v3': operationsOf(rows['aave-v3']),
    'morpho-blue': operationsOf(rows['morpho-blue']),
    erc20: { ...operationsOf({}), transfer: Number(receipts[0]?.gasUsed) },
    rows,
    extra,
  };
}

function measurePeer(deploy: (chain: BenchChain) => Promise<LendingProtocol>): Promise<Gas> {
  return onChain(async (chain) => gasOf(await runScenario(chain, await deploy(chain))));
}

async function onChain<T>(measure: (chain: BenchChain) => Promise<T>): Promise<T> {
  const chain = await BenchChain.start();
  try {
    return await measure(chain);
  } finally {
    await chain.stop();
  }
}

function operationsOf(rows: Gas): Operations {
  return Object.fromEntries(OPERATIONS.map((name) => [name, rows[ROW_OF[name]] ?? null])) as Operations;
}

function gasOf(rows: Rows): Gas {
  return Object.fromEntries([...rows].map(([label, { gas }]) => [label, gas]));
}
