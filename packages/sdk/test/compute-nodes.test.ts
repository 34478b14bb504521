import { increaseTime, type Snapshot, snapshot, timeOf } from '@millrace/devnet';
import {
  createSessionSecret,
  sessionKeyOf,
  signingDomain,
  toTextWord,
  verifyCertificate,
} from '@millrace/protocol/compute';
import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import { zeroHash } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  certifySession,
  certifySessionBySig,
  finishUnbond,
  getBond,
  getNode,
  lockBond,
  registerNode,
  retireNode,
  revokeSession,
  signCertificate,
  stake,
  unbond,
  unstake,
} from '../src/compute/index.ts';
import { approve } from '../src/index.ts';
import { type Compute, node, refusalOf, relayer, startCompute, stranger, USDC } from './compute-fixture.ts';

let compute: Compute;
let start: Snapshot;

beforeAll(async () => {
  compute = await startCompute();
  start = await snapshot(compute.admin);
});
afterAll(() => compute?.anvil.stop());
beforeEach(() => start.restore());

const registry = () => compute.contracts.nodeRegistry;
const bond = () => compute.contracts.bond;
const session = sessionKeyOf(createSessionSecret());
const lookUp = () => getNode(compute.admin, { registry: registry(), node: node.address });
const isSession = () =>
  compute.admin.readContract({
    address: registry(),
    abi: iNodeRegistryAbi,
    functionName: 'isSession',
    args: [node.address, session.publicKey],
  });

describe('a node', () => {
  it('registers, is found, and leaves', async () => {
    expect(await lookUp()).toBeUndefined();
    const profile = { endpoint: 'https://node.example:4000', region: 'FI', energy: 'wind' };
    await registerNode(compute.as(node), { registry: registry(), ...profile });
    const found = { ...profile, address: node.address, capabilities: zeroHash, session: undefined };
    expect(await lookUp()).toEqual(found);
    await retireNode(compute.as(node), { registry: registry() });
    expect(await lookUp()).toBeUndefined();
  });

  it('is told what is wrong with its profile', async () => {
    const register = (endpoint: string) => () =>
      registerNode(compute.as(node), { registry: registry(), endpoint });
    expect((await refusalOf(register(''))).code).toBe('EMPTY_ENDPOINT');
    expect((await refusalOf(register('x'.repeat(257)))).code).toBe('ENDPOINT_TOO_LONG');
    const far = () =>
      registerNode(compute.as(node), { registry: registry(), endpoint: 'x', region: 'x'.repeat(33) });
    expect((await refusalOf(far)).code).toBe('TEXT_TOO_LONG');
  });
});

describe('a session key', () => {
  it('is certified off chain, checked by anybody, and put on chain by anybody, once', async () => {
    const now = await timeOf(compute.admin);
    const signed = await signCertificate(compute.as(node), {
      registry: registry(),
      key: session.publicKey,
      expiry: now + 3_600n,
    });
    const domain = signingDomain('nodes', { chainId: compute.admin.chain.id, contract: registry() });
    await verifyCertificate({ ...signed, domain, time: now });

    const put = () => certifySessionBySig(compute.as(relayer), { registry: registry(), ...signed });
    await put();
    expect(await isSession()).toBe(true);
    expect((await refusalOf(put)).code).toBe('CERTIFICATE_OUTDATED');
    await increaseTime(compute.admin, 10);
    const forged = { ...signed.certificate, issuedAt: now + 1n };
    const forge = () =>
      certifySessionBySig(compute.as(relayer), { registry: registry(), ...signed, certificate: forged });
    expect((await refusalOf(forge)).code).toBe('BAD_SIGNATURE');
    await increaseTime(compute.admin, 3_700);
    expect(await isSession()).toBe(false);
  });

  it('is certified and revoked on chain', async () => {
    const expiry = (await timeOf(compute.admin)) + 3_600n;
    const key = session.publicKey;
    await registerNode(compute.as(node), { registry: registry(), endpoint: 'https://node.example' });
    await certifySession(compute.as(node), { registry: registry(), key, expiry });
    expect((await lookUp())?.session).toMatchObject({ key, expiry });
    await revokeSession(compute.as(node), { registry: registry() });
    expect(await isSession()).toBe(false);
    expect((await lookUp())?.session).toBeUndefined();
    const long = () =>
      certifySession(compute.as(node), { registry: registry(), key, expiry: expiry + 91n * 86_400n });
    expect((await refusalOf(long)).code).toBe('CERTIFICATE_TOO_LONG');
  });
});

describe('a bond', () => {
  const bondClass = toTextWord('integer');

  it('is staked, locked, unlocked after 21 days, and withdrawn', async () => {
    const client = compute.as(node);
    await approve(client, { token: compute.token, spender: bond(), amount: USDC('100') });
    await stake(client, { bond: bond(), amount: USDC('100') });
    await lockBond(client, { bond: bond(), bondClass, amount: USDC('60') });
    const { result: leavesAt } = await unbond(client, { bond: bond(), bondClass, amount: USDC('20') });
    expect(await getBond(client, { bond: bond(), node: node.address, bondClass })).toEqual({
      staked: USDC('100'),
      locked: USDC('60'),
      free: USDC('40'),
      lock: { amount: USDC('40'), leaving: USDC('20'), leavesAt },
    });
    const much = await refusalOf(() => unstake(client, { bond: bond(), amount: USDC('41') }));
    expect(much.code).toBe('INSUFFICIENT_STAKE');
    const early = await refusalOf(() => finishUnbond(client, { bond: bond(), bondClass }));
    expect(early.code).toBe('TOO_EARLY');

    await increaseTime(compute.admin, 21 * 86_400);
    const { result } = await finishUnbond(compute.as(stranger), {
      bond: bond(),
      bondClass,
      node: node.address,
    });
    expect(result).toBe(USDC('20'));
    await unstake(client, { bond: bond(), amount: USDC('60'), to: stranger.address });
    expect(await compute.balanceOf(stranger.address)).toBe(USDC('60'));
    const { free, lock } = await getBond(client, { bond: bond(), node: node.address, bondClass });
    expect({ free, lock }).toEqual({
      free: 0n,
      lock: { amount: USDC('40'), leaving: 0n, leavesAt: undefined },
    });
    expect((await getBond(client, { bond: bond(), node: node.address })).lock).toBeUndefined();
  });

  it('of who has no money is refused in the words of its token', async () => {
    const error = await refusalOf(() => stake(compute.as(stranger), { bond: bond(), amount: USDC('3') }));
    expect(error.shortMessage).toBe('This takes 3 USDC, and the account holds 0 USDC.');
    const approval = await refusalOf(() => stake(compute.as(node), { bond: bond(), amount: USDC('3') }));
    expect(approval.code).toBe('INSUFFICIENT_APPROVAL');
  });
});
