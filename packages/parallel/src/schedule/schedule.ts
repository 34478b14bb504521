import type { TransactionAccess } from '../access/block-access.ts';

/** One execution of a transaction on a core. The unit of time is gas. */
export type Run = { index: number; core: number; start: number; end: number; isRerun: boolean };

/** How an engine would have run a block. */
export type Schedule = {
  /** When the last transaction is done for good, in gas. */
  makespan: number;
  /** Executions that were thrown away and repeated. */
  reruns: number;
  /** Every execution, by start. */
  runs: readonly Run[];
};

/** How an engine runs the transactions of a block on so many cores. */
export type Scheduler = (transactions: readonly TransactionAccess[], cores: number) => Schedule;
