/** What is in flight on the tills of one token: work by till, and money that is spoken for. */
export class TillLedger {
  readonly #work: number[];
  readonly #promised: bigint[];
  #balances: readonly bigint[];

  constructor(stripes: number, balances: readonly bigint[] = []) {
    this.#work = Array.from({ length: stripes }, () => 0);
    this.#promised = Array.from({ length: stripes }, () => 0n);
    this.#balances = balances;
  }

  get size(): number {
    return this.#work.length;
  }

  setBalances(balances: readonly bigint[]): void {
    this.#balances = balances;
  }

  /** Work in flight on a till. */
  workOn(till: number): number {
    return this.#work[till] ?? 0;
  }

  /** What a till holds. */
  held(till: number): bigint {
    return this.#balances[till] ?? 0n;
  }

  /** What a till holds and nobody in flight will take. */
  free(till: number): bigint {
    const free = this.held(till) - (this.#promised[till] ?? 0n);
    return free > 0n ? free : 0n;
  }

  /** Adds work, and money that will leave; both may be negative to take them back. */
  add(till: number, work: number, promised: bigint): void {
    this.#work[till] = this.workOn(till) + work;
    this.#promised[till] = (this.#promised[till] ?? 0n) + promised;
  }
}
