import {
  certificateTypedData,
  createSessionSecret,
  type SignedCertificate,
  sessionKeyOf,
  signingDomain,
} from '@millrace/protocol/compute';
import { type Ask, type SignedAsk, signAsk } from '@millrace/protocol/wire';
import { type Hex, zeroAddress } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';

const CHAIN_ID = 31_337;
export const domain = signingDomain('nodes', { chainId: CHAIN_ID, contract: zeroAddress });

/** Seconds since 1970. */
export const seconds = (): bigint => BigInt(Math.floor(Date.now() / 1_000));

const terms: Omit<Ask, 'node' | 'issuedAt' | 'expiry'> = {
  version: 1,
  chainId: CHAIN_ID,
  channels: zeroAddress,
  jobs: zeroAddress,
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
};

/** Somebody with an EVM key, a session key, and asks to sign. */
export type Seller = {
  readonly node: Hex;
  readonly secret: Hex;
  readonly certificate: SignedCertificate;
  /** A signed ask of now, changed at will before signing. */
  ask(change?: Partial<Ask>): SignedAsk;
};

export async function createSeller(): Promise<Seller> {
  const account = privateKeyToAccount(generatePrivateKey());
  const secret = createSessionSecret();
  const session = sessionKeyOf(secret);
  const issuedAt = seconds() - 10n;
  const certificate = { node: account.address, key: session.publicKey, issuedAt, expiry: issuedAt + 86_400n };
  const signature = await account.signTypedData(certificateTypedData(domain, certificate));
  const signed: SignedCertificate = { certificate, signature };
  return {
    node: account.address,
    secret,
    certificate: signed,
    ask(change = {}) {
      const now = change.issuedAt ?? seconds();
      const ask: Ask = { ...terms, node: account.address, issuedAt: now, expiry: now + 60n, ...change };
      return signAsk(ask, session, signed);
    },
  };
}
