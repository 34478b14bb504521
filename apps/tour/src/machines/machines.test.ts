import { describe, expect, it } from 'vitest';
import { GUESTS } from '../people/accounts.ts';
import { tellPayments } from './guest-payments.ts';
import { MACHINES } from './kinds.ts';
import { machineFailure } from './machine-failure.ts';
import { openWork } from './work.ts';

const [{ address: alice } = { address: '0x' as const }] = GUESTS;
const STRANGER = '0x00000000000000000000000000000000000000AA';

describe('MACHINES', () => {
  it('are nobody that people can be, and differ in where they are', () => {
    const accounts = MACHINES.map(({ account }) => account);
    expect(new Set(accounts).size).toBe(MACHINES.length);
    expect(Math.min(...accounts)).toBeGreaterThan(10);
    expect(new Set(MACHINES.map(({ region }) => region)).size).toBe(MACHINES.length);
  });
});

describe('tellPayments', () => {
  it('tells what guests have signed since, and nothing of others', () => {
    const before = new Map([[alice, 100n]] as const);
    const after = new Map([
      [alice, 121n],
      [STRANGER, 500n],
    ] as const);
    expect(tellPayments('laptop', before, after)).toEqual([
      { tone: 'accent', text: 'alice pays the laptop 0.000021 USDC' },
    ]);
    expect(tellPayments('laptop', after, after)).toEqual([]);
  });
});

describe('machineFailure', () => {
  it('says what a node said last', () => {
    const said = 'noise\n{"level":"fatal","error":{"shortMessage":"Port 1 is taken."}}\n';
    const error = machineFailure('laptop', 'has ended (exit code 1)', said);
    expect(error.shortMessage).toBe('The laptop has ended (exit code 1).');
    expect(error.code).toBe('MACHINE_FAILED');
    expect(error.hint).toBe('Port 1 is taken.');
    expect(machineFailure('laptop', 'has ended (SIGKILL)', '').hint).toBeUndefined();
  });
});

describe('openWork', () => {
  it('asks for digits in one region, another batch each time', async () => {
    const supply = await openWork();
    const [first, second] = [await supply.digits('FI'), await supply.digits('DE')];
    expect([first, second].map(({ jobs }) => jobs[0]?.needs.regions)).toEqual([['FI'], ['DE']]);
    expect(first.jobs[0]?.inputs?.[0]).toEqual(second.jobs[0]?.inputs?.[0]);
    expect(first.jobs[0]?.inputs?.[1]).not.toEqual(second.jobs[0]?.inputs?.[1]);
  });

  it('splits a risk among the machines that there are', async () => {
    const supply = await openWork();
    const { jobs } = await supply.risk(23_700_000_000n, ['FI', 'DE', 'US']);
    expect(jobs.map(({ needs }) => needs.regions)).toEqual([['FI'], ['DE'], ['US']]);
    expect(new Set(jobs.map(({ inputs }) => String(inputs?.[0]))).size).toBe(1);
    expect(new Set(jobs.map(({ inputs }) => String(inputs?.[1]))).size).toBe(3);
  });
});
