import { bondAbi } from '@millrace/protocol/contracts/bond';
import { nodeRegistryAbi } from '@millrace/protocol/contracts/node-registry';
import { receiptsAbi } from '@millrace/protocol/contracts/receipts';
import { keccak256, stringToHex, toHex } from 'viem';
import { account } from '../../chain/account.ts';
import type { BenchChain, Call } from '../../chain/bench-chain.ts';
import { callOf } from '../../chain/call-of.ts';
import { measure } from '../../gas/scenario.ts';
import { WAD } from '../../protocols/numbers.ts';
import { type ComputeContracts, fund } from '../deploy-compute.ts';

const EPOCH_SECONDS = 3600n;
const CLASS = stringToHex('integer', { size: 32 });

/** What a node pays to be there: its profile, session key, bond, and the root of its receipts. */
export async function runNodeRows(chain: BenchChain, c: ComputeContracts): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  const node = account('lone node');
  await chain.mine(fund(c, [node]));
  const take = async (label: string, call: Call) => rows.set(label, (await measure(chain, call)).gas);
  const profile = {
    endpoint: 'https://node.example:8443',
    capabilities: keccak256(toHex('capabilities')),
    region: stringToHex('FI', { size: 32 }),
    energy: stringToHex('wind', { size: 32 }),
  };
  const { timestamp } = (await chain.request('eth_getBlockByNumber', ['latest', false])) as {
    timestamp: string;
  };
  const now = BigInt(timestamp);
  const key = keccak256(toHex('session key'));
  const epoch = now / EPOCH_SECONDS - 1n;
  await take('node: set profile', callOf(node, c.registry, nodeRegistryAbi, 'setProfile', [profile]));
  await take(
    'node: certify a session key',
    callOf(node, c.registry, nodeRegistryAbi, 'certify', [key, now + 86_400n]),
  );
  await take('bond: stake', callOf(node, c.bond, bondAbi, 'stake', [node, 1000n * WAD]));
  await take('bond: lock', callOf(node, c.bond, bondAbi, 'lock', [CLASS, 500n * WAD]));
  await take('bond: start to unlock', callOf(node, c.bond, bondAbi, 'startUnlock', [CLASS, 100n * WAD]));
  await take('receipts: anchor', callOf(node, c.receipts, receiptsAbi, 'anchor', [epoch, key, 12n]));
  return rows;
}
