import { F32, F64, I32, I64, type ValueType } from '../module/types.ts';

/** What an instruction takes from the stack and leaves there. */
export type Signature = {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
  /** In fuel: about what it costs beside an addition. */
  readonly weight: number;
  /** `makes`: may be a NaN of any bits. `keeps`: only the bits that it was given. */
  readonly nan?: 'makes' | 'keeps';
};

const LETTERS: Record<string, ValueType> = { i: I32, I: I64, f: F32, F: F64 };

/** abs, neg and copysign of both widths move bits; nothing else that yields a float from floats does. */
const MOVES_BITS = new Set([0x8b, 0x8c, 0x98, 0x99, 0x9a, 0xa6]);

/** Instructions without immediates, by opcode. */
export const NUMERIC: readonly (Signature | undefined)[] = build([
  [0x45, 0x45, 'i:i'],
  [0x46, 0x4f, 'ii:i'],
  [0x50, 0x50, 'I:i'],
  [0x51, 0x5a, 'II:i'],
  [0x5b, 0x60, 'ff:i'],
  [0x61, 0x66, 'FF:i'],
  [0x67, 0x69, 'i:i'],
  [0x6a, 0x6c, 'ii:i'],
  [0x6d, 0x70, 'ii:i', 5],
  [0x71, 0x78, 'ii:i'],
  [0x79, 0x7b, 'I:I'],
  [0x7c, 0x7e, 'II:I'],
  [0x7f, 0x82, 'II:I', 10],
  [0x83, 0x8a, 'II:I'],
  [0x8b, 0x8c, 'f:f'],
  [0x8d, 0x90, 'f:f'],
  [0x91, 0x91, 'f:f', 5],
  [0x92, 0x94, 'ff:f'],
  [0x95, 0x95, 'ff:f', 5],
  [0x96, 0x98, 'ff:f'],
  [0x99, 0x9a, 'F:F'],
  [0x9b, 0x9e, 'F:F'],
  [0x9f, 0x9f, 'F:F', 5],
  [0xa0, 0xa2, 'FF:F'],
  [0xa3, 0xa3, 'FF:F', 5],
  [0xa4, 0xa6, 'FF:F'],
  [0xa7, 0xa7, 'I:i'],
  [0xa8, 0xa9, 'f:i'],
  [0xaa, 0xab, 'F:i'],
  [0xac, 0xad, 'i:I'],
  [0xae, 0xaf, 'f:I'],
  [0xb0, 0xb1, 'F:I'],
  [0xb2, 0xb3, 'i:f'],
  [0xb4, 0xb5, 'I:f'],
  [0xb6, 0xb6, 'F:f'],
  [0xb7, 0xb8, 'i:F'],
  [0xb9, 0xba, 'I:F'],
  [0xbb, 0xbb, 'f:F'],
  [0xbc, 0xbc, 'f:i'],
  [0xbd, 0xbd, 'F:I'],
  [0xbe, 0xbe, 'i:f'],
  [0xbf, 0xbf, 'I:F'],
  [0xc0, 0xc1, 'i:i'],
  [0xc2, 0xc4, 'I:I'],
]);

/** Truncations that saturate: the second number after the prefix 0xfc. */
export const SATURATING: readonly (Signature | undefined)[] = build([
  [0, 1, 'f:i'],
  [2, 3, 'F:i'],
  [4, 5, 'f:I'],
  [6, 7, 'F:I'],
]);

function build(ranges: [first: number, last: number, shape: string, weight?: number][]) {
  const table: (Signature | undefined)[] = [];
  for (const [first, last, shape, weight = 1] of ranges) {
    const [params = [], results = []] = shape.split(':').map(typesOf);
    const takesFloat = params.some(isFloatType);
    for (let opcode = first; opcode <= last; opcode++) {
      const signature: Signature = { params, results, weight };
      const yieldsFloat = takesFloat && results.some(isFloatType);
      if (!yieldsFloat) table[opcode] = signature;
      else table[opcode] = { ...signature, nan: MOVES_BITS.has(opcode) ? 'keeps' : 'makes' };
    }
  }
  return table;
}

function typesOf(letters: string): ValueType[] {
  return [...letters].map((letter) => LETTERS[letter] as ValueType);
}

function isFloatType(type: ValueType): boolean {
  return type === F32 || type === F64;
}
