import type { Work } from '../price/work-price.ts';
import type { Receipt } from '../receipt/receipt.ts';

/**
 * The work of a receipt that is paid. A job that ended by its own doing (`DONE`, `JOB_…`) is paid for what it used; one that
 * the gate refused (`MODULE_…`) as a job without work; what was the node’s fault costs nothing.
 */
export function billableWork({ outcome, fuel, microseconds }: Receipt): Work {
  if (outcome === 'DONE' || outcome.startsWith('JOB_')) return { fuel, microseconds, jobs: 1n };
  return { fuel: 0n, microseconds: 0n, jobs: outcome.startsWith('MODULE_') ? 1n : 0n };
}
