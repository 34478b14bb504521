import { type AccessSet, criticalPath, findDependencies, type WriteRule } from './conflict-model.ts';
import { listSchedule } from './list-schedule.ts';

const CORES = [4, 16, 64] as const;

/** How much faster than one after the other a block runs: with a perfect scheduler (`max`) and on k cores. */
export type SpeedUp = {
  totalGas: number;
  criticalGas: number;
  max: number;
  cores: Record<(typeof CORES)[number], number>;
  /** transactions that wait for somebody */
  conflicting: number;
};

export function computeSpeedUp(transactions: readonly AccessSet[], rule: WriteRule = 'writes'): SpeedUp {
  const gas = transactions.map((transaction) => transaction.gas);
  const dependencies = findDependencies(transactions, rule);
  const totalGas = gas.reduce((sum, cost) => sum + cost, 0);
  const criticalGas = criticalPath(gas, dependencies);
  const on = (cores: number) => totalGas / listSchedule(gas, dependencies, cores);
  return {
    totalGas,
    criticalGas,
    max: totalGas / criticalGas,
    cores: { 4: on(4), 16: on(16), 64: on(64) },
    conflicting: dependencies.filter((list) => list.length > 0).length,
  };
}
