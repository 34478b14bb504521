import { type Address, encodeDeployData, encodeFunctionData, type Hex } from 'viem';
import { createHttpRpc } from '../../src/source/http/create-http-rpc.ts';
import type { Rpc } from '../../src/source/rpc.ts';
import { compile } from './compile.ts';

/** A transaction that nobody has sent yet. */
export type Call = { from: Address; to?: Address; data?: Hex; value?: bigint; gas?: bigint };

/** A chain that mines when told to, with contracts that touch state in every way there is. */
export type TestChain = {
  rpc: Rpc;
  accounts: readonly Address[];
  tangles: readonly Address[];
  token: Address;
  /** Mines the calls in one block, in this order. */
  mine: (calls: readonly Call[]) => Promise<bigint>;
};

const contracts = compile('tangle.sol');

export function programCall(from: Address, to: Address, program: Uint8Array, value = 0n): Call {
  return { from, to, data: encode('Tangle', 'run', [bytesOf(program)]), value, gas: 4_000_000n };
}

export function tokenCall(from: Address, token: Address, to: Address, amount: bigint): Call {
  return { from, to: token, data: encode('Token', 'transfer', [to, amount]), gas: 100_000n };
}

/** Deploys the contracts on a chain that does not mine by itself. */
export async function setUpChain(url: string): Promise<TestChain> {
  const rpc = createHttpRpc({ url });
  const accounts = (await rpc.request('eth_accounts', [])) as Address[];
  const [owner] = accounts;
  if (!owner) throw new Error('No accounts.');
  const mine = (calls: readonly Call[]) => mineBlock(rpc, calls);
  const deploy = async (name: string, args: readonly unknown[] = [], value = 0n) => {
    await mine([{ from: owner, data: deployData(name, args), value, gas: 6_000_000n }]);
    const receipt = (await lastReceipts(rpc))[0];
    if (receipt?.status !== '0x1') throw new Error(`${name} was not deployed.`);
    return receipt.contractAddress;
  };
  const first = await deploy('Tangle');
  const second = await deploy('Tangle');
  const proxy = await deploy('Proxy', [first], 100n);
  const token = await deploy('Token', [accounts]);
  const tangles = [first, second, proxy];
  for (const tangle of tangles) {
    const calls = [...tangles, token, owner].map((peer) => ({
      from: owner,
      to: tangle,
      data: encode('Tangle', 'meet', [peer]),
      gas: 200_000n,
    }));
    await mine(calls);
    await mine([{ from: owner, to: tangle, value: 1000n, gas: 100_000n }]);
  }
  return { rpc, accounts, tangles, token, mine };
}

function encode(contract: string, functionName: string, args: readonly unknown[]): Hex {
  return encodeFunctionData({ abi: contracts[contract]?.abi ?? [], functionName, args });
}

export function deployData(name: string, args: readonly unknown[]): Hex {
  const contract = contracts[name];
  if (!contract) throw new Error(`There is no ${name}.`);
  return encodeDeployData({ ...contract, args });
}

async function mineBlock(rpc: Rpc, calls: readonly Call[]): Promise<bigint> {
  for (const { from, to, data, value, gas } of calls) {
    const fields = {
      from,
      ...(to && { to }),
      data: data ?? '0x',
      value: hex(value ?? 0n),
      gas: hex(gas ?? 21_000n),
      // Left to itself, anvil suggests another price for each place in the block.
      gasPrice: hex(1_000_000_000n),
    };
    await rpc.request('eth_sendTransaction', [fields]);
  }
  await rpc.request('evm_mine', []);
  const block = (await rpc.request('eth_getBlockByNumber', ['latest', false])) as {
    number: Hex;
    transactions: Hex[];
  };
  if (block.transactions.length !== calls.length) throw new Error('Not all of them were mined in one block.');
  return BigInt(block.number);
}

type Receipt = { status: Hex; contractAddress: Address };

async function lastReceipts(rpc: Rpc): Promise<Receipt[]> {
  const block = (await rpc.request('eth_getBlockByNumber', ['latest', false])) as { transactions: Hex[] };
  const receipts = block.transactions.map((hash) => rpc.request('eth_getTransactionReceipt', [hash]));
  return (await Promise.all(receipts)) as Receipt[];
}

function bytesOf(program: Uint8Array): Hex {
  return `0x${[...program].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function hex(value: bigint): Hex {
  return `0x${value.toString(16)}`;
}
