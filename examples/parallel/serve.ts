// node --conditions=@millrace/source --import tsx serve.ts <Contract>
// A scenario for `millrace parallel check`: a block of forty users of one contract, on a chain that ends with its input.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDevnetClient,
  deployContract,
  devnetAccounts,
  mineInOneBlock,
  startAnvil,
} from '@millrace/devnet';
import solc from 'solc';
import { type Address, encodeFunctionData } from 'viem';

const WEI = 10n ** 18n;
type Step = { call: string; args: (user: Address, other: Address) => unknown[] };
const mint: Step = { call: 'mint', args: (user) => [user, WEI] };
const transfer: Step = { call: 'transfer', args: (_user, other) => [other, WEI / 2n] };
const vote: Step = { call: 'vote', args: () => [] };
const swap: Step = { call: 'swap', args: () => [WEI] };

/** The file of each contract, what is done before, and what everybody does in the block that is looked at. */
const EXAMPLES: Readonly<Record<string, { file: string; steps: readonly Step[] }>> = {
  Counter: { file: 'Counter.sol', steps: [vote] },
  ShardedCounter: { file: 'Counter.sol', steps: [vote] },
  Token: { file: 'Token.sol', steps: [mint, transfer] },
  QuietToken: { file: 'Token.sol', steps: [mint, transfer] },
  Pair: { file: 'Pair.sol', steps: [swap] },
  BatchPair: { file: 'Pair.sol', steps: [swap] },
};

const name = process.argv[2] ?? '';
const { file, steps } = EXAMPLES[name] ?? { file: '', steps: [] };
if (file === '') throw new Error(`Say which: ${Object.keys(EXAMPLES).join(', ')}`);

const content = readFileSync(new URL(file, import.meta.url), 'utf8');
const outputSelection = {
  '*': { '*': ['abi', 'storageLayout', 'evm.bytecode.object', 'evm.deployedBytecode'] },
};
const input = { language: 'Solidity', sources: { [file]: { content } }, settings: { outputSelection } };
const compiled = solc.compile(JSON.stringify(input));
const { abi, evm } = JSON.parse(compiled).contracts[file][name];
const folder = mkdtempSync(join(tmpdir(), 'millrace-example-'));
writeFileSync(join(folder, 'layouts.json'), compiled);

const chain = await startAnvil({ accounts: 80 });
const client = createDevnetClient(chain);
const address = await deployContract(client, { abi, bytecode: `0x${evm.bytecode.object}`, args: [] });
const people = devnetAccounts(80).map((account) => account.address);
for (const { call, args } of steps) {
  const sent = people.slice(0, 40).map((user, k) => ({
    from: user,
    to: address,
    data: encodeFunctionData({ abi, functionName: call, args: args(user, people[40 + k] as Address) }),
  }));
  await mineInOneBlock(client, sent, { gas: 200_000n });
}
process.stdout.write(`${JSON.stringify({ rpc: chain.url, layouts: [join(folder, 'layouts.json')] })}\n`);
await new Promise((done) => process.stdin.once('close', done).resume());
await chain.stop();
rmSync(folder, { recursive: true });
