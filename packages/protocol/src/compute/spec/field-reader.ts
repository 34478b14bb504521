import type { Hex } from 'viem';
import { isCid } from '../content/cid.ts';

/** Reads the fields of one object, and collects what is wrong with them in the words of people. */
export class FieldReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #path: string;
  readonly #problems: string[];

  constructor(value: unknown, known: readonly string[], path = '', problems: string[] = []) {
    this.#path = path;
    this.#problems = problems;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#fields = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject) problems.push(`${path || 'it'} is no object`);
    for (const name of Object.keys(this.#fields)) {
      if (!known.includes(name)) problems.push(`${path}${name} is unknown`);
    }
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  within(name: string, known: readonly string[]): FieldReader {
    return new FieldReader(this.#fields[name] ?? {}, known, `${this.#path}${name}.`, this.#problems);
  }

  /** A whole number from `least` to `most`; as a `bigint`, a safe number, or decimal digits. */
  integer(name: string, { least = 0n, most, otherwise }: Range): bigint {
    const value = this.#fields[name] ?? otherwise;
    const number = toBigInt(value);
    if (number !== undefined && number >= least && number <= most) return number;
    return this.#refuse(name, `is no whole number from ${least} to ${most}`, least);
  }

  count(name: string, range: Range): number {
    return Number(this.integer(name, range));
  }

  oneOf<const text extends string>(name: string, choices: readonly text[], otherwise?: text): text {
    const value = this.#fields[name] ?? otherwise;
    const found = choices.find((choice) => choice === value);
    return found ?? this.#refuse(name, `is none of ${choices.join(', ')}`, choices[0] as text);
  }

  /** 32 bytes in lower case. */
  word(name: string, otherwise?: Hex): Hex {
    const value = this.#fields[name] ?? otherwise;
    if (typeof value === 'string' && /^0x[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase() as Hex;
    return this.#refuse<Hex>(name, 'is no word of 32 bytes', `0x${'0'.repeat(64)}`);
  }

  cid(name: string): string {
    const value = this.#fields[name];
    if (typeof value === 'string' && isCid(value)) return value;
    return this.#refuse(name, 'is no CID', '');
  }

  cids(name: string, most: number): string[] {
    const list = this.#list(name, most);
    if (list.every((item) => typeof item === 'string' && isCid(item))) return list as string[];
    return this.#refuse(name, 'has an item that is no CID', []);
  }

  /** Names of 1 to 32 letters, digits and `-`, sorted, none twice. */
  names(name: string, most: number): string[] {
    const list = this.#list(name, most);
    const isName = (item: unknown) => typeof item === 'string' && /^[A-Za-z0-9-]{1,32}$/.test(item);
    if (list.every(isName)) return [...new Set(list as string[])].sort();
    return this.#refuse(name, 'has an item that is not 1 to 32 letters, digits or dashes', []);
  }

  #list(name: string, most: number): readonly unknown[] {
    const value = this.#fields[name] ?? [];
    if (Array.isArray(value) && value.length <= most) return value;
    return this.#refuse(name, `is no list of at most ${most}`, []);
  }

  #refuse<T>(name: string, problem: string, instead: T): T {
    this.#problems.push(`${this.#path}${name} ${problem}`);
    return instead;
  }
}

type Range = { least?: bigint; most: bigint; otherwise?: bigint | undefined };

function toBigInt(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^\d{1,80}$/.test(value) ? BigInt(value) : undefined;
}
