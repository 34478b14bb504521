import type { Hex } from 'viem';
import { ParallelError } from '../../errors.ts';
import type { PackedSeed } from './packed-seed.ts';

const HEX = /^0x([0-9a-f]{2})+$/i;
const WIDTHS: Readonly<Record<string, number>> = { address: 20, bool: 1, slot: 32 };
const SIZED = /^(?:u?int(\d+)|bytes(\d+))$/;

/** A key found in a preimage. */
type SeedKey = { type: string; value: bigint; bytes: number };
export type SeedMatch = { seed: PackedSeed; keys: readonly SeedKey[] };

type Compiled = { seed: PackedSeed; pattern: RegExp; types: readonly string[] };

/** Recognises what was hashed by its length and its constants. */
export class SeedBook {
  readonly #byLength = new Map<number, Compiled[]>();

  constructor(seeds: readonly PackedSeed[]) {
    for (const seed of seeds) {
      const parts = seed.preimage.map(compilePart);
      const length = 2 + parts.reduce((sum, { digits }) => sum + digits, 0);
      const types = seed.preimage.filter((part) => !HEX.test(part));
      const compiled = {
        seed,
        pattern: new RegExp(`^0x${parts.map(({ source }) => source).join('')}$`),
        types,
      };
      this.#byLength.set(length, [...(this.#byLength.get(length) ?? []), compiled]);
    }
  }

  match(preimage: Hex): SeedMatch[] {
    return (this.#byLength.get(preimage.length) ?? []).flatMap(({ seed, pattern, types }) => {
      const groups = pattern.exec(preimage)?.slice(1);
      if (!groups) return [];
      const keys = groups.map((digits, i) => ({
        type: types[i] ?? '',
        value: BigInt(`0x${digits}`),
        bytes: digits.length / 2,
      }));
      return [{ seed, keys }];
    });
  }

  /** Where variables begin that do not begin at the hash. */
  moves(root: bigint, preimage: Hex): { seed: PackedSeed; moved: bigint }[] {
    return this.match(preimage).flatMap(({ seed, keys }) => {
      const moved = seed.move?.(
        root,
        keys.map(({ value }) => value),
      );
      return moved === undefined ? [] : [{ seed, moved }];
    });
  }
}

function compilePart(part: string): { source: string; digits: number } {
  if (HEX.test(part)) return { source: part.slice(2).toLowerCase(), digits: part.length - 2 };
  const bytes = WIDTHS[part] ?? sizeOf(part);
  if (bytes === undefined) {
    throw new ParallelError(`No part of a packed seed: ${part}.`, {
      code: 'BAD_LAYOUT',
      fault: 'user',
      hint: 'Use an elementary type of fixed length, hex digits, or `slot`.',
    });
  }
  return { source: `([0-9a-f]{${2 * bytes}})`, digits: 2 * bytes };
}

function sizeOf(part: string): number | undefined {
  const [, bits, bytes] = SIZED.exec(part) ?? [];
  if (bits !== undefined) return Number(bits) / 8;
  return bytes === undefined ? undefined : Number(bytes);
}
