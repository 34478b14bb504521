/** The largest so many of all numbers that were offered: a heap with the least of them on top. */
@final
export class Largest {
  private heap: StaticArray<i64>;
  size: i32 = 0;

  constructor(capacity: i32) {
    this.heap = new StaticArray<i64>(capacity);
  }

  offer(value: i64): void {
    const heap = this.heap;
    if (this.size < heap.length) {
      let at = this.size++;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (unchecked(heap[parent]) <= value) break;
        unchecked((heap[at] = heap[parent]));
        at = parent;
      }
      unchecked((heap[at] = value));
    } else if (value > unchecked(heap[0])) {
      this.sink(value, this.size);
    }
  }

  /** Sorts them, largest first, and answers where they stand. Nothing can be offered any more. */
  sort(): usize {
    const heap = this.heap;
    for (let last = this.size - 1; last > 0; last--) {
      const value = unchecked(heap[last]);
      unchecked((heap[last] = heap[0]));
      this.sink(value, last);
    }
    return changetype<usize>(heap);
  }

  /** Puts a value in the place of the least among the first `size`. */
  private sink(value: i64, size: i32): void {
    const heap = this.heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && unchecked(heap[child + 1]) < unchecked(heap[child])) child++;
      if (unchecked(heap[child]) >= value) break;
      unchecked((heap[at] = heap[child]));
      at = child;
    }
    unchecked((heap[at] = value));
  }
}
