import { engine } from '../../src/engine/web-assembly.ts';
import type { Item, List } from './parse-wast.ts';
import { compileText } from './text-to-binary.ts';

/** What a result may be: bits, or any NaN of a type. */
export type Expected = { readonly bits: bigint } | { readonly nan: 'f32' | 'f64' };

/** `(i32.const 1)` and the like → bits; `undefined` for references. */
export class Constants {
  private readonly known = new Map<string, bigint>();

  /** Reads every constant of a script at once: wabt knows how floats are written. */
  constructor(lists: readonly Item[]) {
    const texts = new Set<string>();
    collect(lists, texts);
    const all = [...texts];
    const functions = all.map(
      (text, at) => `(func (export "${at}") (result ${RESULT[text.slice(1, 4)]}) ${bitsText(text)})`,
    );
    const { exports } = new engine.Instance(
      new engine.Module(compileText(`(module ${functions.join('\n')})`)),
      {},
    );
    for (const [at, text] of all.entries()) {
      const bits = (exports[at] as () => bigint | [bigint, bigint])();
      this.known.set(
        text,
        Array.isArray(bits)
          ? BigInt.asUintN(64, bits[0]) | (BigInt.asUintN(64, bits[1]) << 64n)
          : BigInt.asUintN(64, bits),
      );
    }
  }

  argument(item: List): bigint | undefined {
    return this.known.get(item.text);
  }

  /** `undefined` where it cannot be said in bits. */
  expected(item: List): Expected | undefined {
    const [type, value] = item.items as string[];
    if (/^nan:(canonical|arithmetic)$/.test(value ?? '')) return { nan: type?.slice(0, 3) as 'f32' };
    const bits = this.known.get(item.text);
    return bits === undefined ? undefined : { bits };
  }
}

const RESULT: Record<string, string> = { i32: 'i64', i64: 'i64', f32: 'i64', f64: 'i64', v12: 'i64 i64' };

function bitsText(text: string): string {
  if (text.startsWith('(i32')) return `(i64.extend_i32_u ${text})`;
  if (text.startsWith('(f32')) return `(i64.extend_i32_u (i32.reinterpret_f32 ${text}))`;
  if (text.startsWith('(f64')) return `(i64.reinterpret_f64 ${text})`;
  if (text.startsWith('(v128')) return `(i64x2.extract_lane 0 ${text}) (i64x2.extract_lane 1 ${text})`;
  return text;
}

function collect(items: readonly Item[], into: Set<string>): void {
  for (const item of items) {
    if (typeof item === 'string') continue;
    const [first] = item.items;
    const isConstant = typeof first === 'string' && /^(i32|i64|f32|f64|v128)\.const$/.test(first);
    if (!isConstant) {
      if (first !== 'module') collect(item.items, into);
    } else if (!/nan:(canonical|arithmetic)/.test(item.text)) into.add(item.text);
  }
}
