import { type JobSpec, parseJobSpec } from '@millrace/protocol/compute';
import fc from 'fast-check';
import { type Address, getAddress, zeroAddress } from 'viem';
import type { Offer } from '../../src/rent/index.ts';

export const NOW = 1_800_000_000_000;
const SECONDS = BigInt(NOW / 1_000);
export const MODULE = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e';

export const addressOf = (number: number): Address =>
  getAddress(`0x${number.toString(16).padStart(40, '0')}`);

/** An offer that any job of {@link specOf} can use. */
export function offerOf(node: number, change: Partial<Offer['ask']> = {}, own: Partial<Offer> = {}): Offer {
  return {
    roundTripMilliseconds: 20,
    hasChannel: true,
    ...own,
    ask: {
      version: 1,
      chainId: 1,
      channels: zeroAddress,
      jobs: zeroAddress,
      node: addressOf(node),
      endpoint: `http://n${node}.test`,
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
      runtimes: [{ runtime: 'wasm', tiers: ['deterministic', 'fast'] }],
      limits: {
        fuel: 10n ** 12n,
        timeMilliseconds: 600_000,
        memoryMegabytes: 4_096,
        inputBytes: 1e6,
        outputBytes: 1e8,
      },
      queue: { slots: 2, running: 0, waiting: 0, waitMilliseconds: 0 },
      issuedAt: SECONDS,
      expiry: SECONDS + 60n,
      ...change,
    },
  };
}

export function specOf(needs: Partial<JobSpec['needs']> = {}, change: Partial<JobSpec> = {}): JobSpec {
  const spec = { version: 1, module: MODULE, fuel: 10n ** 9n, timeMilliseconds: 10_000, ...change };
  return parseJobSpec({ ...spec, needs: { priceCap: 10n ** 9n, ...needs } });
}

const regions = fc.constantFrom('FI', 'DE', 'IN');

/** Offers of any kind, each of another node. */
export const anyOffers: fc.Arbitrary<Offer[]> = fc
  .array(
    fc.record({
      price: fc.bigInt({ min: 0n, max: 10n ** 13n }),
      cores: fc.integer({ min: 1, max: 16 }),
      memory: fc.integer({ min: 16, max: 4_096 }),
      gpu: fc.constantFrom(0, 8_000),
      region: regions,
      energy: fc.constantFrom('wind', 'coal'),
      tiers: fc.subarray(['deterministic', 'fast'] as const),
      fuel: fc.bigInt({ min: 10n ** 8n, max: 10n ** 10n }),
      speed: fc.bigInt({ min: 0n, max: 10n ** 10n }),
      wait: fc.integer({ min: 0, max: 60_000 }),
      trip: fc.option(fc.integer({ min: 0, max: 500 }), { nil: undefined }),
      left: fc.constantFrom(60n, 30n, 0n, -1n),
      hasChannel: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map((it, index) => {
      const base = offerOf(index + 1).ask;
      return offerOf(
        index + 1,
        {
          price: { ...base.price, perFuelWad: it.price },
          hardware: {
            ...base.hardware,
            cores: it.cores,
            gpuMemoryMegabytes: it.gpu,
            fuelPerSecond: { integer: it.speed, float: it.speed },
          },
          limits: { ...base.limits, memoryMegabytes: it.memory, fuel: it.fuel },
          region: it.region,
          energy: it.energy,
          runtimes: [{ runtime: 'wasm', tiers: it.tiers }],
          queue: { ...base.queue, waitMilliseconds: it.wait },
          expiry: SECONDS + it.left,
        },
        { roundTripMilliseconds: it.trip, hasChannel: it.hasChannel },
      );
    }),
  );

export const anySpec: fc.Arbitrary<JobSpec> = fc
  .record({
    cores: fc.constantFrom(0, 0, 2, 8),
    memoryMegabytes: fc.constantFrom(0, 0, 512, 2_048),
    gpuMemoryMegabytes: fc.constantFrom(0, 0, 4_000),
    regions: fc.constantFrom<string[]>([], ['FI'], ['DE', 'FI']),
    energy: fc.oneof(fc.constant<string[]>([]), fc.subarray(['wind', 'coal'])),
    latencyMilliseconds: fc.constantFrom(0, 100, 300),
    priceCap: fc.constantFrom(100n, 5_000n, 10n ** 6n),
    deadline: fc.constantFrom(0n, SECONDS + 5n, SECONDS + 60n),
    tier: fc.constantFrom('deterministic' as const, 'fast' as const),
  })
  .map((needs) => specOf(needs, { memoryPages: 256 }));
