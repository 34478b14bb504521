import {
  certificateTypedData,
  createSessionSecret,
  formatJobSpec,
  parseJobSpec,
  type Receipt,
  sessionKeyOf,
  signingDomain,
} from '@millrace/protocol/compute';
import {
  type Ask,
  askSchema,
  billableWork,
  encodeWire,
  isSignedWire,
  jobIdOf,
  REFUSAL_WORDS,
  type RefusalCode,
  RefusalError,
  readWire,
  readWireText,
  refusalSchema,
  signAsk,
  signedAskSchema,
  signWire,
  submitSchema,
  verifyAsk,
} from '@millrace/protocol/wire';
import fc from 'fast-check';
import { zeroAddress, zeroHash } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, test } from 'vitest';

const account = privateKeyToAccount(generatePrivateKey());
const session = sessionKeyOf(createSessionSecret());
const domain = signingDomain('nodes', { chainId: 31337, contract: zeroAddress });
const NOW = 1_800_000_000n;

const ask: Ask = {
  version: 1,
  chainId: 31337,
  channels: zeroAddress,
  jobs: zeroAddress,
  node: account.address,
  endpoint: 'http://127.0.0.1:7000',
  token: zeroAddress,
  price: { perFuelWad: 10n ** 12n, perSecondWad: 0n, perJob: 1n },
  lanes: 4,
  exposureCap: 10_000n,
  region: 'FI',
  energy: 'wind',
  hardware: {
    cpu: 'a processor',
    cores: 8,
    memoryMegabytes: 16_384,
    gpu: '',
    gpuMemoryMegabytes: 0,
    fuelPerSecond: { integer: 10n ** 9n, float: 10n ** 9n },
  },
  runtimes: [{ runtime: 'wasm', tiers: ['deterministic'] }],
  limits: {
    fuel: 10n ** 12n,
    timeMilliseconds: 60_000,
    memoryMegabytes: 256,
    inputBytes: 1e6,
    outputBytes: 1e6,
  },
  queue: { slots: 2, running: 0, waiting: 0, waitMilliseconds: 0 },
  issuedAt: NOW,
  expiry: NOW + 60n,
};

async function certified(key = session.publicKey) {
  const certificate = { node: account.address, key, issuedAt: NOW - 10n, expiry: NOW + 86_400n };
  const signature = await account.signTypedData(certificateTypedData(domain, certificate));
  return { certificate, signature };
}

describe('asks', () => {
  test('travel as JSON and still verify', async () => {
    const signed = signAsk(ask, session, await certified());
    const arrived = readWireText(signedAskSchema, encodeWire(signed));
    expect(arrived.body).toEqual(ask);
    expect(await verifyAsk(arrived, { domain, time: NOW })).toEqual(ask);
  });

  test.each([
    ['another price', { price: { ...ask.price, perJob: 0n } }, 'ASK_NOT_SIGNED'],
    ['another node', { node: zeroAddress }, 'ASK_NOT_SIGNED'],
    ['a longer life', { expiry: NOW + 61n }, 'ASK_EXPIRED'],
  ])('with %s are refused', async (_name, change, code) => {
    const signed = signAsk(ask, session, await certified());
    const forged = { ...signed, body: { ...ask, ...change } };
    await expect(verifyAsk(forged, { domain, time: NOW })).rejects.toMatchObject({ code });
  });

  test('are refused when they are over, and when the certificate names another key', async () => {
    const signed = signAsk(ask, session, await certified());
    await expect(verifyAsk(signed, { domain, time: NOW + 61n })).rejects.toMatchObject({
      code: 'ASK_EXPIRED',
    });
    const other = sessionKeyOf(createSessionSecret());
    const foreign = signAsk(ask, session, await certified(other.publicKey));
    await expect(verifyAsk(foreign, { domain, time: NOW })).rejects.toMatchObject({ code: 'ASK_NOT_SIGNED' });
  });

  test('a clock that is a little ahead does no harm', async () => {
    const signed = signAsk({ ...ask, issuedAt: NOW + 20n, expiry: NOW + 70n }, session, {
      ...(await certified()),
    });
    expect((await verifyAsk(signed, { domain, time: NOW })).issuedAt).toBe(NOW + 20n);
  });
});

describe('messages', () => {
  test('a signature is for one purpose', () => {
    const signed = signWire('submit', { a: 1n }, session);
    expect(isSignedWire('submit', signed, session.publicKey)).toBe(true);
    expect(isSignedWire('stop', signed, session.publicKey)).toBe(false);
  });

  test('the text of a value does not depend on the order of its names', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(encodeWire(turned)).toBe(encodeWire(value));
        expect(JSON.parse(encodeWire(value))).toEqual(lower(JSON.parse(JSON.stringify(value))));
      }),
    );
  });

  test('what cannot be read says which fields are wrong', () => {
    const bad = { ...ask, node: '0x12', endpoint: 'ftp://x' };
    expect(() => readWire(askSchema, bad)).toThrow(/node.*endpoint/s);
    expect(() => readWireText(askSchema, '{')).toThrow(RefusalError);
  });

  test('jobs keep their spec, and its problems have its words', () => {
    const spec = parseJobSpec({
      version: 1,
      module: 'bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy',
      fuel: 1000n,
      needs: { priceCap: 5n },
    });
    const submit = { channel: zeroHash, at: NOW, jobs: [{ nonce: zeroHash, spec }] };
    expect(readWireText(submitSchema, encodeWire(submit)).jobs[0]?.spec).toEqual(spec);
    expect(encodeWire(spec)).toBe(encodeWire(formatJobSpec(spec)));
    const broken = { ...submit, jobs: [{ nonce: zeroHash, spec: { ...spec, fuel: -1 } }] };
    expect(() => readWire(submitSchema, broken)).toThrow(/fuel is no whole number/);
    expect(jobIdOf(zeroHash, zeroHash)).not.toBe(jobIdOf(zeroHash, `0x${'1'.repeat(64)}`));
  });
});

describe('refusals', () => {
  test.each(Object.keys(REFUSAL_WORDS) as RefusalCode[])('%s travels, with words and a status', (code) => {
    const error = new RefusalError(code, 'No.', { a: 1 }, 20);
    const back = RefusalError.from(readWireText(refusalSchema, encodeWire(error.toRefusal())));
    expect(back).toEqual(error);
    expect(back.status).toBeGreaterThanOrEqual(400);
    expect(back.hint).toMatch(/\.$/);
  });
});

test('only work that was not the node’s fault is paid', () => {
  const receipt = { fuel: 7n, microseconds: 3n } as Receipt;
  expect(billableWork({ ...receipt, outcome: 'DONE' })).toEqual({ fuel: 7n, microseconds: 3n, jobs: 1n });
  expect(billableWork({ ...receipt, outcome: 'JOB_TRAPPED' }).fuel).toBe(7n);
  expect(billableWork({ ...receipt, outcome: 'MODULE_INVALID' })).toEqual({
    fuel: 0n,
    microseconds: 0n,
    jobs: 1n,
  });
  expect(billableWork({ ...receipt, outcome: 'HOST_MEMORY' })).toEqual({
    fuel: 0n,
    microseconds: 0n,
    jobs: 0n,
  });
});

function lower(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, item) =>
    typeof item === 'string' && /^0x[0-9a-fA-F]+$/.test(item) ? item.toLowerCase() : item,
  );
}
