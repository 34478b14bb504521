import { least } from '@millrace/protocol';
import { perFuelWadOf } from '@millrace/protocol/compute';
import { expect, it } from 'vitest';
import { hourlyPrice } from './offer-data.ts';

const GIGA = 10n ** 9n;

it.each([
  ['is as fast at all code', 10n * GIGA, 10n * GIGA, 50_000n],
  ['is faster at integers', 16n * GIGA, 12n * GIGA, 66_667n],
  ['is faster at floats', 8n * GIGA, 12n * GIGA, 75_000n],
])(
  'an hour of a machine that %s costs what its operator asks for, or more where it is faster',
  (_how, integer, float, most) => {
    const slower = least(integer, float);
    const price = { perFuelWad: perFuelWadOf(50_000n, slower), perSecondWad: 0n, perJob: 1n };
    const fuelPerSecond = { integer, float };
    const hardware = { cpu: '', cores: 1, memoryMegabytes: 1, gpu: '', gpuMemoryMegabytes: 0, fuelPerSecond };
    // A price of fuel is rounded up, and so is what an hour comes to.
    const whole = hourlyPrice({ price, hardware });
    expect(whole).toBeGreaterThanOrEqual(most);
    expect(whole).toBeLessThanOrEqual(most + 1n);
  },
);
