import { describe, expect, it } from 'vitest';
import { readResult } from '../results.ts';
import { measureGas } from './measure-gas.ts';
import { LIMITS, OPERATIONS } from './operations.ts';
import { renderGas } from './render-gas.ts';

/** The first run after `npm ci` compiles a peer. */
const PATIENCE = 300_000;

describe('gas of a market with 64 stripes, beside its peers', { timeout: PATIENCE }, async () => {
  const report = await measureGas();

  it('is what is committed; `npm run bench -- gas --update` commits to other numbers', () => {
    expect(report).toEqual(readResult('gas'));
  });

  it.each(OPERATIONS)('%s keeps its limit, and costs less than with any peer', (operation) => {
    expect(report.millrace[operation]).toBeLessThanOrEqual(LIMITS[operation]);
    expect(report.millrace[operation]).toBeLessThan(report['aave-v3'][operation] ?? 0);
    expect(report.millrace[operation]).toBeLessThan(report['morpho-blue'][operation] ?? 0);
  });

  it('counts no lending for a plain token, and its transfer below every operation', () => {
    const { transfer, ...lending } = report.erc20;
    expect(Object.values(lending)).toEqual(OPERATIONS.map(() => null));
    for (const operation of OPERATIONS) expect(transfer).toBeLessThan(report.millrace[operation] ?? 0);
  });

  it('is shown in full', () => {
    expect(renderGas(report)).toContain('| supply collateral, repeat |');
    expect(renderGas(report)).not.toMatch(/NaN|undefined/);
  });
});
