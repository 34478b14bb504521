import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWalletClient, erc20Abi, type Hash, http } from 'viem';
import { getTransactionCount, getTransactionReceipt, readContract } from 'viem/actions';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { approve, type SdkClient } from '../src/index.ts';
import { type Lending, lender, startLending } from './lending-fixture.ts';

let lending: Lending;
let server: Server | undefined;
/** How often the node passes a transaction on and hangs up, and whether it says nothing any more after that. */
let hangUps = 0;
let diesThen = false;
let isDead = false;

beforeAll(async () => {
  lending = await startLending();
});
afterAll(async () => await lending?.anvil.stop());
beforeEach(() => {
  [hangUps, diesThen, isDead] = [0, false, false];
});
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
});

/** A client of a node that takes transactions, and does not always say so. */
async function throughNode(): Promise<SdkClient> {
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (isDead) return void request.socket.destroy();
    const body = Buffer.concat(chunks).toString();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(lending.anvil.url, { method: 'POST', headers, body });
    const text = await answer.text();
    const isLost = body.includes('eth_sendRawTransaction') && hangUps > 0;
    if (!isLost) return void response.writeHead(answer.status, headers).end(text);
    hangUps--;
    isDead = diesThen;
    request.socket.destroy();
  };
  server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = http(url, { timeout: 20_000 });
  return createWalletClient({ account: lender, chain: lending.admin.chain, transport, pollingInterval: 20 });
}

const allowing = (amount: bigint) => {
  const told: Hash[] = [];
  const { address: token } = lending.market.asset;
  const options = { token, spender: lending.market.address, amount, onHash: (hash: Hash) => told.push(hash) };
  return { told, options };
};
const sentSoFar = () => getTransactionCount(lending.admin, { address: lender.address });

it('a node that takes a transaction and hangs up has taken it: it is sent once, and waited for', async () => {
  const client = await throughNode();
  const { told, options } = allowing(100n);
  const before = await sentSoFar();
  hangUps = 1;
  const { hash, receipt } = await approve(client, options);
  expect(hangUps).toBe(0);
  expect(receipt.status).toBe('success');
  expect(told).toEqual([hash]);
  expect(await sentSoFar()).toBe(before + 1);
});

it('whoever loses the node knows what may be mined', async () => {
  const client = await throughNode();
  const { told, options } = allowing(200n);
  [hangUps, diesThen] = [1, true];
  await expect(approve(client, options)).rejects.toMatchObject({ fault: 'network' });
  expect(told).toHaveLength(1);
  expect(await getTransactionReceipt(lending.admin, { hash: told[0] ?? '0x' })).toMatchObject({
    status: 'success',
  });
});

it('a transaction that the node refuses is refused', async () => {
  const client = await throughNode();
  await approve(client, allowing(300n).options);
  const before = await sentSoFar();
  await expect(approve(client, { ...allowing(301n).options, nonce: 0 })).rejects.toThrow();
  expect(await sentSoFar()).toBe(before);
  const asked = { abi: erc20Abi, functionName: 'allowance' } as const;
  const args = [lender.address, lending.market.address] as const;
  const { address } = lending.market.asset;
  expect(await readContract(lending.admin, { ...asked, address, args })).toBe(300n);
});
