import { I32, I64, V128, type ValueType } from '../module/types.ts';

/** An instruction on the lanes of a vector, after the prefix 0xfd. */
export type VectorInstruction = {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** Exponent of two; `undefined` when it does not touch memory. */
  readonly alignment?: number;
  /** How many lanes an immediate may name. */
  readonly lanes?: number;
  /** Sixteen bytes follow; for a shuffle each is below `lanes`. */
  readonly has16Bytes?: boolean;
};

const LETTERS: Record<string, ValueType> = { i: I32, I: I64, v: V128 };

/** Integer lanes only: lanes of floats would let the bits of a NaN escape at every instruction. */
export const VECTOR: readonly (VectorInstruction | undefined)[] = build();

/** Opcodes that belong to float lanes, to say so in the refusal. */
export function isFloatLane(opcode: number): boolean {
  return opcode < 256 && VECTOR[opcode] === undefined;
}

function build() {
  const table: (VectorInstruction | undefined)[] = [];
  const put = (
    opcodes: number[],
    shape: string,
    more: Omit<VectorInstruction, 'params' | 'results'> = {},
  ) => {
    const [params = [], results = []] = shape
      .split(':')
      .map((each) => [...each].map((letter) => LETTERS[letter] as ValueType));
    for (const opcode of opcodes) table[opcode] = { params, results, ...more };
  };
  putMemory(put);
  put([12], ':v', { has16Bytes: true });
  put([13], 'vv:v', { has16Bytes: true, lanes: 32 });
  put([15, 16, 17], 'i:v');
  put([18], 'I:v');
  put([21, 22], 'v:i', { lanes: 16 });
  put([23], 'vi:v', { lanes: 16 });
  put([24, 25], 'v:i', { lanes: 8 });
  put([26], 'vi:v', { lanes: 8 });
  put([27], 'v:i', { lanes: 4 });
  put([28], 'vi:v', { lanes: 4 });
  put([29], 'v:I', { lanes: 2 });
  put([30], 'vI:v', { lanes: 2 });
  put([82], 'vvv:v');
  // any_true, all_true, bitmask
  put([83, 99, 100, 131, 132, 163, 164, 195, 196], 'v:i');
  put([...span(107, 109), ...span(139, 141), ...span(171, 173), ...span(203, 205)], 'vi:v');
  // not, abs, neg, popcnt, pairwise sums, extensions
  const unary = [77, 96, 97, 98, ...span(124, 129), ...span(135, 138), 160, 161, ...span(167, 170)];
  put([...unary, 192, 193, ...span(199, 202)], 'v:v');
  const bytesAndLogic = [
    14,
    ...span(35, 64),
    ...span(78, 81),
    101,
    102,
    ...span(110, 115),
    ...span(118, 121),
    123,
  ];
  const words = [130, 133, 134, ...span(142, 147), 149, ...span(150, 153), 155, ...span(156, 159)];
  const longs = [174, 177, 181, ...span(182, 186), ...span(188, 191)];
  const quads = [206, 209, 213, ...span(214, 219), ...span(220, 223)];
  put([...bytesAndLogic, ...words, ...longs, ...quads], 'vv:v');
  return table;
}

function putMemory(
  put: (opcodes: number[], shape: string, more: { alignment: number; lanes?: number }) => void,
) {
  put([0], 'i:v', { alignment: 4 });
  put([...span(1, 6), 10, 93], 'i:v', { alignment: 3 });
  put([7], 'i:v', { alignment: 0 });
  put([8], 'i:v', { alignment: 1 });
  put([9, 92], 'i:v', { alignment: 2 });
  put([11], 'iv:', { alignment: 4 });
  for (const exponent of [0, 1, 2, 3]) {
    put([84 + exponent], 'iv:v', { alignment: exponent, lanes: 16 >> exponent });
    put([88 + exponent], 'iv:', { alignment: exponent, lanes: 16 >> exponent });
  }
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}
