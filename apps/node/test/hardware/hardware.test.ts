import { availableParallelism, totalmem } from 'node:os';
import { computeDue, NO_WORK } from '@millrace/protocol/compute';
import { askSchema } from '@millrace/protocol/wire';
import { describe, expect, test } from 'vitest';
import { formatHardware } from '../../src/hardware/format-hardware.ts';
import { measureHardware } from '../../src/hardware/measure-hardware.ts';
import { suggestPrice } from '../../src/hardware/suggest-price.ts';

describe('this machine', { timeout: 120_000 }, () => {
  test('is measured by real jobs within the time, and fits an ask', async () => {
    const begun = performance.now();
    const report = await measureHardware({ seconds: 1.5, threads: 1 });
    const { hardware, rates, threads } = report;
    expect(performance.now() - begun).toBeLessThan(25_000);
    expect(askSchema.shape.hardware.parse(hardware)).toEqual(hardware);
    expect(threads).toBe(1);
    expect(hardware.cores).toBeGreaterThanOrEqual(1);
    expect(hardware.cores).toBeLessThanOrEqual(availableParallelism());
    expect(hardware.memoryMegabytes).toBeGreaterThan(100);
    expect(hardware.memoryMegabytes).toBeLessThanOrEqual(totalmem() / 2 ** 20);
    for (const profile of ['integer', 'float'] as const) {
      expect(hardware.fuelPerSecond[profile]).toBe(rates[profile].perSecond);
      // From a busy telephone to the fastest of today, with an order of magnitude to spare.
      expect(rates[profile].perSecond).toBeGreaterThan(30_000_000n);
      expect(rates[profile].perSecond).toBeLessThan(1_000_000_000_000n);
      expect(rates[profile].runs).toBeGreaterThanOrEqual(3);
    }
    const text = formatHardware(report).join('\n');
    expect(text).toMatch(/Integer jobs: [\d,]+ million fuel a second \(± [\d.]+ %, \d+ runs\)/);
    expect(text).toContain('Measured with 1 job at once');
  });

  test.each([{ threads: 0 }, { threads: 1.5 }, { seconds: 0 }, { seconds: Number.NaN }])(
    'is not measured with %o',
    async (options) => {
      await expect(measureHardware(options)).rejects.toMatchObject({ code: 'HARDWARE_OPTIONS_INVALID' });
    },
  );
});

test('a suggested price earns what was wanted, in the slower profile too', () => {
  const fuelPerSecond = { integer: 10_700_000_000n, float: 8_900_000_001n };
  const price = suggestPrice({ hourly: 250_000n, fuelPerSecond });
  const earned = (fuel: bigint) => computeDue({ ...NO_WORK, fuel: fuel * 3_600n }, price, 'down');
  expect(earned(fuelPerSecond.float)).toBeGreaterThanOrEqual(250_000n);
  expect(earned(fuelPerSecond.float)).toBeLessThan(250_100n);
  expect(earned(fuelPerSecond.integer)).toBeGreaterThan(300_000n);
  expect(() => suggestPrice({ hourly: 1n, fuelPerSecond: { integer: 0n, float: 1n } })).toThrow(
    'out of range',
  );
});
