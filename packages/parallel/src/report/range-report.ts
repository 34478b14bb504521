import type { BlockReport, Simulation } from './block-report.ts';

/** One block of a range, in a line. */
export type BlockLine = {
  number: string;
  transactions: number;
  gas: number;
  bound: number;
  waiting: number;
  /** The variable at which most wait, or `null` when nobody does. */
  worst: string | null;
};

/** A variable over all blocks of a range. */
export type RangeVariable = {
  variable: string;
  isNamed: boolean;
  /** Transactions that wait at it, and the blocks they are in. */
  waiting: number;
  written: number;
  blocks: number;
};

/** What was found out about the blocks of a range. Plain data. */
export type RangeReport = {
  version: 1;
  source: BlockReport['source'];
  /** Whether somebody stopped it before the last block. */
  isPartial: boolean;
  blocks: readonly BlockLine[];
  transactions: number;
  gas: number;
  /** Gas of all blocks over the sum of the gas of their heaviest chains: blocks run one after the other. */
  bound: number;
  waiting: number;
  simulations: readonly Simulation[];
  /** The worst first; the long tail is left out. */
  variables: readonly RangeVariable[];
  named: BlockReport['named'];
};

/** Variables kept while a range is read; those at which fewest wait go first, so memory does not grow with the range. */
const VARIABLES_KEPT = 2_000;
const VARIABLES_SHOWN = 100;

/** Adds up the reports of blocks, one at a time, and forgets them. */
export class RangeTotals {
  readonly #source: BlockReport['source'];
  readonly #blocks: BlockLine[] = [];
  readonly #variables = new Map<string, RangeVariable>();
  readonly #simulations = new Map<string, Simulation>();
  #transactions = 0;
  #gas = 0;
  #critical = 0;
  #waiting = 0;
  #named = { keys: 0, ofKeys: 0 };

  constructor(source: BlockReport['source']) {
    this.#source = source;
  }

  get isEmpty(): boolean {
    return this.#blocks.length === 0;
  }

  add(report: BlockReport): void {
    const { block, bound, waiting, variables, named } = report;
    this.#blocks.push({
      number: block.number,
      transactions: block.transactions,
      gas: block.gas,
      bound,
      waiting,
      worst: variables[0]?.variable ?? null,
    });
    this.#transactions += block.transactions;
    this.#gas += block.gas;
    this.#critical += report.criticalPath.gas;
    this.#waiting += waiting;
    this.#named = { keys: this.#named.keys + named.keys, ofKeys: this.#named.ofKeys + named.ofKeys };
    for (const each of report.simulations) this.#addSimulation(each);
    for (const each of variables) this.#addVariable(each);
    if (this.#variables.size > 2 * VARIABLES_KEPT) this.#forgetTheTail();
  }

  report(isPartial = false): RangeReport {
    return {
      version: 1,
      source: this.#source,
      isPartial,
      blocks: this.#blocks,
      transactions: this.#transactions,
      gas: this.#gas,
      bound: this.#critical === 0 ? 1 : this.#gas / this.#critical,
      waiting: this.#waiting,
      simulations: [...this.#simulations.values()].map((each) => ({
        ...each,
        speedup: each.makespan === 0 ? 1 : this.#gas / each.makespan,
      })),
      variables: this.#worstFirst().slice(0, VARIABLES_SHOWN),
      named: this.#named,
    };
  }

  #addSimulation({ rule, cores, makespan, reruns }: Simulation): void {
    const id = `${rule}@${cores}`;
    const sum = this.#simulations.get(id) ?? { rule, cores, speedup: 1, makespan: 0, reruns: 0 };
    this.#simulations.set(id, {
      ...sum,
      makespan: sum.makespan + makespan,
      reruns: sum.reruns + reruns,
    });
  }

  #addVariable({ variable, isNamed, waiting, written }: Omit<RangeVariable, 'blocks'>): void {
    const sum = this.#variables.get(variable) ?? { variable, isNamed, waiting: 0, written: 0, blocks: 0 };
    sum.waiting += waiting;
    sum.written += written;
    sum.blocks += 1;
    this.#variables.set(variable, sum);
  }

  #forgetTheTail(): void {
    const kept = this.#worstFirst().slice(0, VARIABLES_KEPT);
    this.#variables.clear();
    for (const each of kept) this.#variables.set(each.variable, each);
  }

  #worstFirst(): RangeVariable[] {
    return [...this.#variables.values()].sort((a, b) => b.waiting - a.waiting || b.written - a.written);
  }
}
