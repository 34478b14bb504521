import { freePort } from '@millrace/devnet';
import { marketFactoryAbi } from '@millrace/protocol/contracts/market-factory';
import { type Address, getAbiItem, getAddress, numberToHex, pad, toEventSelector } from 'viem';
import { expect, it } from 'vitest';
import { createRpc, type Rpc } from '../src/chain/rpc.ts';
import { startTour } from './tour-process.ts';

const CREATED = toEventSelector(getAbiItem({ abi: marketFactoryAbi, name: 'MarketCreated' }));

/** Waits until the chain at `rpc` holds a market and has mined the opening and some blocks of the replay. */
async function untilUnderWay(rpc: Rpc): Promise<Address> {
  for (;;) {
    try {
      const filter = { fromBlock: '0x0', toBlock: 'latest', topics: [CREATED] };
      const [logs, number] = await rpc.batch([
        ['eth_getLogs', [filter]],
        ['eth_blockNumber', []],
      ]);
      const [first] = logs as { topics: `0x${string}`[] }[];
      if (first !== undefined && Number(number) > 60) return getAddress(`0x${first.topics[1]?.slice(26)}`);
    } catch {
      // It is not there yet.
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

it('catches a stripe that was tampered with: exit code 1, and the invariant by name', async () => {
  const port = await freePort();
  const tour = startTour('--replay', '2022-06', '--headless', '--json', '--port', `${port}`);
  const rpc = createRpc(`http://127.0.0.1:${port}`);
  const market = await untilUnderWay(rpc);
  // The first slot of the first stripe: shares in the lower half. One share out of nothing.
  const slot = (await rpc.request('eth_getStorageAt', [market, '0x0', 'latest'])) as `0x${string}`;
  await rpc.request('anvil_setStorageAt', [market, pad('0x0'), numberToHex(BigInt(slot) + 1n, { size: 32 })]);
  expect(await tour.ended).toBe(1);
  expect(JSON.parse(tour.stdout())).toMatchObject({ replay: '2022-06', invariantsHeld: false });
  expect(tour.stderr()).toMatch(/MKT-02 .*stripes say .* people have/);
}, 240_000);
