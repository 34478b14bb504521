/** Numbers that are the same in every run: xorshift of 32 bits. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to 1, without 1. */
  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.next();
  }

  /** About normal, by twelve uniform numbers: no function whose last digit depends on the machine. */
  normal(): number {
    let sum = -6;
    for (let count = 0; count < 12; count++) sum += this.next();
    return sum;
  }

  shuffle(items: unknown[]): void {
    for (let last = items.length - 1; last > 0; last--) {
      const other = Math.floor(this.next() * (last + 1));
      [items[last], items[other]] = [items[other], items[last]];
    }
  }
}
