import { REFUSAL_WORDS } from '@millrace/protocol/wire';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_MEMORY, type Offer, rankOffers, remember } from '../../src/rent/index.ts';
import { addressOf, anyOffers, anySpec, NOW, offerOf, specOf } from './arbitraries.ts';

const prefer = fc.constantFrom('cheap' as const, 'fast' as const, 'balanced' as const);
const nodesOf = (list: readonly { offer: Offer }[]) => list.map(({ offer }) => offer.ask.node);

describe('ranking', () => {
  it('ranks or dismisses each offer once, whatever the order in which they come', () => {
    fc.assert(
      fc.property(anyOffers, anySpec, prefer, fc.nat(), (offers, spec, prefer, turn) => {
        const base = { spec, memory: NO_MEMORY, now: NOW, prefer };
        const { ranked, dismissed } = rankOffers({ ...base, offers });
        const all = [...nodesOf(ranked), ...nodesOf(dismissed)];
        expect(all.toSorted()).toEqual(offers.map(({ ask }) => ask.node).toSorted());
        const at = offers.length === 0 ? 0 : turn % offers.length;
        const turned = [...offers.slice(at), ...offers.slice(0, at)].reverse();
        expect(nodesOf(rankOffers({ ...base, offers: turned }).ranked)).toEqual(nodesOf(ranked));
      }),
    );
  });

  it('ranks exactly what fits every need', () => {
    let fitted = 0;
    fc.assert(
      fc.property(anyOffers, anySpec, (offers, spec) => {
        const { ranked, dismissed } = rankOffers({ offers, spec, memory: NO_MEMORY, now: NOW });
        const { needs } = spec;
        for (const { ask, roundTripMilliseconds } of nodesFit(ranked)) {
          fitted += 1;
          expect(ask.hardware.cores).toBeGreaterThanOrEqual(needs.cores);
          expect(ask.limits.memoryMegabytes).toBeGreaterThanOrEqual(Math.max(16, needs.memoryMegabytes));
          expect(ask.hardware.gpuMemoryMegabytes).toBeGreaterThanOrEqual(needs.gpuMemoryMegabytes);
          expect(needs.regions.length === 0 || needs.regions.includes(ask.region)).toBe(true);
          expect(needs.energy.length === 0 || needs.energy.includes(ask.energy)).toBe(true);
          expect(ask.runtimes[0]?.tiers).toContain(needs.tier);
          expect(ask.limits.fuel).toBeGreaterThanOrEqual(spec.fuel);
          expect(ask.expiry * 1_000n).toBeGreaterThanOrEqual(BigInt(NOW));
          if (needs.latencyMilliseconds > 0) {
            expect(roundTripMilliseconds ?? 0).toBeLessThanOrEqual(needs.latencyMilliseconds);
          }
        }
        for (const { mostDue } of ranked) expect(mostDue).toBeLessThanOrEqual(needs.priceCap);
        for (const { code, sentence } of dismissed) {
          expect(['ASK_EXPIRED', 'NODE_DISTRUSTED', ...Object.keys(REFUSAL_WORDS)]).toContain(code);
          expect(sentence).toMatch(/^[A-Z“].*\.$/);
        }
      }),
      // Always the same, so that enough of them fit.
      { numRuns: 1_000, seed: 1 },
    );
    expect(fitted).toBeGreaterThan(30);
  });

  it.each([
    ['WRONG_CHAIN', { chainId: 2 }, {}],
    ['WRONG_CONTRACT', { channels: addressOf(9) }, {}],
    ['TOKEN_NOT_ACCEPTED', { token: addressOf(9) }, {}],
    ['RUNTIME_UNAVAILABLE', { runtimes: [{ runtime: 'onnx' as const, tiers: ['fast' as const] }] }, {}],
    ['TIER_UNAVAILABLE', { runtimes: [{ runtime: 'wasm' as const, tiers: ['fast' as const] }] }, {}],
    ['CORES_TOO_FEW', {}, { cores: 9 }],
    ['MEMORY_TOO_SMALL', {}, { memoryMegabytes: 4_097 }],
    ['GPU_TOO_SMALL', {}, { gpuMemoryMegabytes: 1 }],
    ['REGION_MISMATCH', {}, { regions: ['DE'] }],
    ['ENERGY_MISMATCH', {}, { energy: ['solar'] }],
    ['LATENCY_TOO_HIGH', {}, { latencyMilliseconds: 19 }],
    ['PRICE_ABOVE_CAP', {}, { priceCap: 1_000n }],
    ['DEADLINE_TOO_SOON', {}, { deadline: BigInt(NOW / 1_000) }],
    ['ASK_EXPIRED', { expiry: BigInt(NOW / 1_000) - 1n }, {}],
  ])('says why: %s', (code, change, needs) => {
    const zero = offerOf(1).ask;
    const deal = { chainId: zero.chainId, channels: zero.channels, token: zero.token };
    const base = { memory: NO_MEMORY, now: NOW, deal };
    const { dismissed } = rankOffers({ ...base, spec: specOf(needs), offers: [offerOf(1, change)] });
    expect(dismissed.map((it) => it.code)).toEqual([code]);
    expect(rankOffers({ ...base, spec: specOf(), offers: [offerOf(1)] }).ranked).toHaveLength(1);
  });

  it('says that a node does not tell where it is or what it runs on', () => {
    const silent = offerOf(1, { region: '', energy: '' });
    const sentenceFor = (needs: object) =>
      rankOffers({ offers: [silent], spec: specOf(needs), memory: NO_MEMORY, now: NOW }).dismissed[0]
        ?.sentence;
    expect(sentenceFor({ regions: ['FI'] })).toBe('The node does not tell where it is; the job wants FI.');
    expect(sentenceFor({ energy: ['wind'] })).toBe(
      'The node does not tell what it runs on; the job wants wind.',
    );
  });

  it('never ranks an offer lower for being cheaper, faster, nearer, idler or better known', () => {
    const delta = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(
        prefer,
        delta,
        fc.constantFrom('price', 'speed', 'trip', 'wait', 'record'),
        (prefer, by, what) => {
          const { price, hardware, queue } = offerOf(1).ask;
          const worse = {
            price: offerOf(2, { price: { ...price, perFuelWad: price.perFuelWad + BigInt(by) * 10n ** 9n } }),
            speed: offerOf(2, {
              hardware: { ...hardware, fuelPerSecond: { integer: 10n ** 9n - BigInt(by), float: 1n } },
            }),
            trip: offerOf(2, {}, { roundTripMilliseconds: 20 + by }),
            wait: offerOf(2, { queue: { ...queue, waitMilliseconds: by } }),
            record: offerOf(2),
          }[what];
          const memory =
            what === 'record' ? remember(NO_MEMORY, addressOf(2), 'slow', NOW / 1_000) : NO_MEMORY;
          const offers = [worse, offerOf(3)];
          const { ranked } = rankOffers({ offers, spec: specOf(), memory, now: NOW, prefer });
          expect(nodesOf(ranked)).toEqual([addressOf(3), addressOf(2)]);
        },
      ),
    );
  });

  it('prefers as it is told', () => {
    const { price, queue } = offerOf(1).ask;
    const dear = offerOf(1, { price: { ...price, perFuelWad: 3n * price.perFuelWad } });
    const slow = offerOf(2, { queue: { ...queue, waitMilliseconds: 10_000 } });
    const first = (prefer: 'cheap' | 'fast') =>
      rankOffers({ offers: [dear, slow], spec: specOf(), memory: NO_MEMORY, now: NOW, prefer }).ranked[0]
        ?.offer;
    expect(first('cheap')).toBe(slow);
    expect(first('fast')).toBe(dear);
  });
});

function nodesFit(ranked: readonly { offer: Offer }[]): Offer[] {
  return ranked.map(({ offer }) => offer);
}
