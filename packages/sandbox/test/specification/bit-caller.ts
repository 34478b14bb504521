import { type CompiledModule, type Exports, engine } from '../../src/engine/web-assembly.ts';
import { F32, F64, type FunctionType, I32, I64, V128, type ValueType } from '../../src/module/types.ts';
import { compileText } from './text-to-binary.ts';

/** Calls a function with the bits of its arguments, and yields the bits of its results: JavaScript would lose those of a NaN. */
export type BitCaller = (bits: readonly bigint[]) => bigint[];

const NAMES: Partial<Record<ValueType, string>> = {
  [I32]: 'i32',
  [I64]: 'i64',
  [F32]: 'f32',
  [F64]: 'f64',
  [V128]: 'v128',
};
const compiled = new Map<string, CompiledModule>();

/** `undefined` for functions on references. */
export function bitCaller(callee: unknown, type: FunctionType): BitCaller | undefined {
  const types = [...type.params, ...type.results];
  if (types.some((each) => !NAMES[each])) return undefined;
  const text = wrapperText(type);
  const module = compiled.get(text) ?? new engine.Module(compileText(text));
  compiled.set(text, module);
  const exports = new engine.Instance(module, { test: { callee } }).exports as Exports & {
    call: (...bits: bigint[]) => void;
    memory: { buffer: ArrayBuffer };
  };
  return (bits) => {
    exports.call(...bits);
    const view = new DataView(exports.memory.buffer);
    return type.results.map((each, at) => bitsAt(view, at * 16, each));
  };
}

function bitsAt(view: DataView, at: number, type: ValueType): bigint {
  const low = view.getBigUint64(at, true);
  if (type === V128) return low | (view.getBigUint64(at + 8, true) << 64n);
  return type === I32 || type === F32 ? low & 0xffff_ffffn : low;
}

/** Each argument comes as an i64, a vector as two. */
function wrapperText({ params, results }: FunctionType): string {
  let next = 0;
  const argument = (type: ValueType) => {
    const bits = `(local.get ${next++})`;
    if (type === I32) return `(i32.wrap_i64 ${bits})`;
    if (type === F32) return `(f32.reinterpret_i32 (i32.wrap_i64 ${bits}))`;
    if (type === F64) return `(f64.reinterpret_i64 ${bits})`;
    if (type === V128) return `(i64x2.replace_lane 1 (i64x2.splat ${bits}) (local.get ${next++}))`;
    return bits;
  };
  const passed = params.map(argument).join(' ');
  const named = (list: readonly ValueType[]) => list.map((type) => NAMES[type]).join(' ');
  const kept = results.map((type, at) => `(local $r${at} ${NAMES[type]})`).join(' ');
  const taken = results.map((_, at) => `(local.set $r${results.length - 1 - at})`).join(' ');
  const stored = results.map(
    (type, at) => `(${NAMES[type]}.store (i32.const ${at * 16}) (local.get $r${at}))`,
  );
  return `(module (import "test" "callee" (func $callee (param ${named(params)}) (result ${named(results)})))
    (memory (export "memory") 1)
    (func (export "call") (param ${Array(next).fill('i64').join(' ')}) ${kept}
      (call $callee ${passed}) ${taken} ${stored.join(' ')}))`;
}
