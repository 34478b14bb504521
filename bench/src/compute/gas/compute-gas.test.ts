import { describe, expect, it } from 'vitest';
import { readResult } from '../../results.ts';
import { MOST_CODE_BYTES } from './code-sizes.ts';
import { type ComputeFigures, LIMITS } from './limits.ts';
import { measureComputeGas } from './measure-compute-gas.ts';
import { renderComputeGas } from './render-compute-gas.ts';

describe('gas of channels, jobs, bonds and receipts', { timeout: 120_000 }, async () => {
  const report = await measureComputeGas();

  it('is what is committed; `npm run bench -- compute-gas --update` commits to other numbers', () => {
    expect(report).toEqual(readResult('compute-gas'));
  });

  it.each(Object.keys(LIMITS) as (keyof ComputeFigures)[])('%s keeps its limit', (name) => {
    expect(report[name]).toBeLessThanOrEqual(LIMITS[name]);
  });

  it('costs no more after a payee has collected than before', () => {
    expect(report.rows['redeem, after collecting']).toBeLessThanOrEqual(LIMITS.redeem);
  });

  it('costs next to nothing for each job when a voucher pays for a thousand', () => {
    expect(report.perJob[1000]).toBeLessThanOrEqual(23);
  });

  it('fits: no contract is near the limit of code', () => {
    const sizes = Object.values(report.codeSizes);
    expect(sizes).toHaveLength(5);
    for (const bytes of sizes) expect(bytes).toBeLessThan(MOST_CODE_BYTES / 2);
    expect(Math.min(...sizes)).toBeGreaterThan(0);
  });

  it('is shown in full', () => {
    const table = renderComputeGas(report);
    for (const label of Object.keys(report.rows)) expect(table).toContain(`| ${label} |`);
    expect(table).not.toMatch(/NaN|undefined|over/);
  });
});
