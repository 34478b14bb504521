import { describe, expect, it } from 'vitest';
import { readResult } from '../results.ts';
import { measureGas } from './measure-gas.ts';
import { LIMITS, OPERATIONS } from './operations.ts';
import { renderGas } from './render-gas.ts';

describe('gas of a market with 64 stripes', async () => {
  const report = await measureGas();

  it('is what is committed; `npm run bench -- gas --update` commits to other numbers', () => {
    expect(report).toEqual(readResult('gas'));
  });

  it.each(OPERATIONS)('%s keeps its limit', (operation) => {
    expect(report.millrace[operation]).toBeLessThanOrEqual(LIMITS[operation]);
  });

  it('is shown beside the peers', () => {
    expect(renderGas(report)).toContain('| supply collateral, repeat |');
    expect(renderGas(report)).not.toMatch(/NaN|undefined/);
  });
});
