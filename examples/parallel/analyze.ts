// node --conditions=@millrace/source --import tsx analyze.ts <rpc> <layouts.json>: the profiler in a program.
import { readFileSync } from 'node:fs';
import {
  createHttpRpc,
  createNamer,
  detectSource,
  gatherNameFacts,
  readLayouts,
  reportBlock,
} from '@millrace/parallel';
import type { Hex } from 'viem';

const [url = 'http://127.0.0.1:8545', layouts = 'layouts.json'] = process.argv.slice(2);
const rpc = createHttpRpc({ url });
const { source } = await detectSource(rpc);
const block = await source.readBlock(BigInt((await rpc.request('eth_blockNumber', [])) as string));
const facts = gatherNameFacts([block]);
const bytecodes = new Map<string, Hex>();
for (const address of facts.codes.keys()) {
  bytecodes.set(address, (await rpc.request('eth_getCode', [address, 'latest'])) as Hex);
}
const nameOf = createNamer({ layouts: readLayouts(readFileSync(layouts, 'utf8')), bytecodes, ...facts });
const { bound, variables } = reportBlock(block, source, { nameOf });
console.log(JSON.stringify({ bound, worst: variables[0]?.variable ?? null }));
