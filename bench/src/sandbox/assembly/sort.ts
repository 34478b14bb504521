import { next, output } from "./host";

const SIZE: i32 = 200000;
const SMALL: i32 = 16;

function insertionSort(items: StaticArray<i32>, first: i32, last: i32): void {
  for (let at = first + 1; at <= last; at++) {
    const item = unchecked(items[at]);
    let hole = at;
    while (hole > first && unchecked(items[hole - 1]) > item) {
      unchecked((items[hole] = items[hole - 1]));
      hole--;
    }
    unchecked((items[hole] = item));
  }
}

function quickSort(items: StaticArray<i32>, first: i32, last: i32): void {
  while (last - first > SMALL) {
    const pivot = unchecked(items[(first + last) >> 1]);
    let low = first;
    let high = last;
    while (low <= high) {
      while (unchecked(items[low]) < pivot) low++;
      while (unchecked(items[high]) > pivot) high--;
      if (low > high) break;
      const item = unchecked(items[low]);
      unchecked((items[low++] = items[high]));
      unchecked((items[high--] = item));
    }
    quickSort(items, first, high);
    first = low;
  }
  insertionSort(items, first, last);
}

/** Sorts numbers that look random: quicksort, insertion sort for short runs. */
export function run(): void {
  const items = new StaticArray<i32>(SIZE);
  let state: u32 = 1;
  for (let at = 0; at < SIZE; at++) {
    state = next(state);
    unchecked((items[at] = <i32>state));
  }
  quickSort(items, 0, SIZE - 1);
  output(changetype<usize>(items), SIZE * 4);
}
