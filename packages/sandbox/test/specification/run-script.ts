import { type Exports, engine } from '../../src/engine/web-assembly.ts';
import { MODULE_LIMITS } from '../../src/gate/module-limits.ts';
import { prepareModule } from '../../src/gate/prepare-module.ts';
import { RESERVED } from '../../src/gate/reserved-names.ts';
import { decodeModule } from '../../src/module/decode-module.ts';
import {
  F32,
  F64,
  type FunctionType,
  V128,
  type ValueType,
  type WasmModule,
} from '../../src/module/types.ts';
import { SandboxError } from '../../src/sandbox-error.ts';
import { functionType } from '../../src/scan/scan-context.ts';
import { type BitCaller, bitCaller } from './bit-caller.ts';
import { Constants, type Expected } from './constants.ts';
import {
  counter,
  FUEL,
  instantiateInstrumented,
  instantiatePlain,
  refill,
  SUITE_POLICY,
} from './instances.ts';
import { bytesOfString, type Item, type List, parseWast } from './parse-wast.ts';
import { textToBinary } from './text-to-binary.ts';

/** One module of a script, as it was written and instrumented. */
type Pair = { readonly module: WasmModule; readonly plain: Exports; readonly instrumented: Exports };

/** What came of a script. Reasons are for people. */
export type ScriptReport = {
  readonly passed: number;
  readonly failed: readonly string[];
  /** How many commands, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
};

/** A function of both instances, its arguments in place. */
type Call = {
  readonly pair: Pair;
  readonly type: FunctionType;
  /** A NaN that is not canonical is among the arguments. */
  readonly isNanPassed: boolean;
  readonly plain: () => bigint[];
  readonly instrumented: () => bigint[];
};

const REFERENCES = 'references';
const TRAPS = 'a module that traps';
const IMPORTS_OTHERS = 'MODULE_IMPORT_REFUSED';
const CANONICAL = { f32: 0x7fc0_0000n, f64: 0x7ff8_0000_0000_0000n };

/** Runs the commands of a script on each module as it was written and as it was instrumented. */
export function runScript(text: string): ScriptReport {
  const lists = parseWast(text);
  const run = new ScriptRun(new Constants(lists));
  for (const list of lists) run.command(list);
  return run;
}

class ScriptRun implements ScriptReport {
  passed = 0;
  readonly failed: string[] = [];
  readonly skipped: Record<string, number> = {};
  private readonly constants: Constants;
  private readonly named = new Map<string, Pair | string>();
  private latest: Pair | string = 'no module';

  constructor(constants: Constants) {
    this.constants = constants;
  }

  command(list: List): void {
    const [kind, action] = list.items as [string, List];
    if (kind === 'module') this.open(list);
    else if (kind === 'assert_invalid' || kind === 'assert_malformed') this.refuse(list, action);
    else if (kind === 'invoke') this.invoke(list, list, []);
    else if (kind === 'assert_return') this.invoke(list, action, list.items.slice(2) as List[]);
    else if (kind === 'assert_trap' && action.items[0] === 'module') this.trapAtStart(action);
    else if (kind === 'assert_trap' || kind === 'assert_exhaustion') this.trap(list, action);
    else this.skip(kind);
  }

  private open(list: List): void {
    this.latest = openPair(list);
    if (this.latest === IMPORTS_OTHERS) this.disown();
    const name = list.items[1];
    if (typeof name === 'string' && name.startsWith('$')) this.named.set(name, this.latest);
    if (typeof this.latest === 'string') this.skip(this.latest);
    else this.passed++;
  }

  private refuse(list: List, module: List): void {
    const bytes = textToBinary(module);
    if (!bytes) {
      this.skip('text that no binary can say');
      return;
    }
    try {
      prepareModule(bytes, SUITE_POLICY);
      this.fail(list, 'let through');
    } catch (error) {
      if (error instanceof SandboxError) this.passed++;
      else this.fail(list, `${error}`);
    }
  }

  private invoke(list: List, action: List, results: readonly List[]): void {
    const expected = results.map((each) => this.constants.expected(each));
    const call = this.prepareCall(action, expected.includes(undefined));
    if (!call) return;
    try {
      const got = call.instrumented();
      const plain = call.plain();
      const wanted = (at: number) =>
        (call.isNanPassed ? undefined : expected[at]) ?? { bits: plain[at] ?? 0n };
      const isRight = got.every((bits, at) => isAsExpected(bits, wanted(at), call.type, at));
      const isCounted = counter(call.pair.instrumented, RESERVED.fuel) < FUEL;
      if (isRight && isCounted && got.length >= expected.length) this.passed++;
      else
        this.fail(
          list,
          `${got.map((each) => each.toString(16))} instead of ${plain.map((each) => each.toString(16))}`,
        );
    } catch (error) {
      this.fail(list, `${error}`);
    }
  }

  private trapAtStart(module: List): void {
    const opened = openPair(module);
    if (opened === IMPORTS_OTHERS) this.disown();
    if (opened === TRAPS) this.passed++;
    else this.skip('a module that traps at its start');
  }

  private trap(list: List, action: List): void {
    const call = this.prepareCall(action, false);
    if (!call) return;
    const isExhaustion = list.items[0] === 'assert_exhaustion';
    const thrown = thrownBy(call.instrumented);
    const isExhausted = counter(call.pair.instrumented, RESERVED.stack) > BigInt(SUITE_POLICY.stackWords);
    const reason = isExhaustion ? 'unreachable' : thrownBy(call.plain)?.message;
    const isTrap = thrown instanceof engine.RuntimeError && isExhausted === isExhaustion;
    if (isTrap && thrown.message === reason) this.passed++;
    else this.fail(list, `${thrown?.message} instead of ${reason}`);
  }

  private prepareCall(action: List, yieldsReference: boolean): Call | undefined {
    const hasName = typeof action.items[1] === 'string' && action.items[1].startsWith('$');
    const pair = hasName ? (this.named.get(action.items[1] as string) ?? 'no module') : this.latest;
    const call = typeof pair === 'string' ? pair : this.callOf(pair, action.items.slice(hasName ? 2 : 1));
    const why = action.items[0] !== 'invoke' ? 'reads of globals' : yieldsReference ? REFERENCES : call;
    if (typeof why !== 'string') return why;
    this.skip(why);
    return undefined;
  }

  private callOf(pair: Pair, [quoted, ...items]: readonly Item[]): Call | string {
    const name = new TextDecoder().decode(bytesOfString(quoted as string));
    const entry = pair.module.exports.find((each) => each.name === name && each.kind === 0);
    if (!entry) return 'no such function';
    const type = functionType(pair.module, entry.index);
    const args = (items as List[]).map((each) => this.constants.argument(each));
    const plain = bitCaller(pair.plain[name], type);
    const instrumented = bitCaller(pair.instrumented[name], type);
    if (!plain || !instrumented || args.includes(undefined)) return REFERENCES;
    const bits = args as bigint[];
    const oneNan = bits.map((each, at) => canonical(each, type.params[at]));
    const isNanPassed = oneNan.some((each, at) => each !== bits[at]);
    refill(pair.instrumented);
    const pass = (caller: BitCaller, all: bigint[]) => () =>
      caller(all.flatMap((each, at) => inWords(each, type.params[at])));
    return { pair, type, isNanPassed, plain: pass(plain, oneNan), instrumented: pass(instrumented, bits) };
  }

  /** A module that is not instantiated here would have written to those before. */
  private disown(): void {
    for (const name of this.named.keys()) this.named.set(name, IMPORTS_OTHERS);
  }

  private skip(reason: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1;
  }

  private fail(list: List, why: string): void {
    this.failed.push(`${list.text.slice(0, 200)}: ${why}`);
  }
}

function thrownBy(call: () => unknown): Error | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** A vector is passed as two numbers. */
function inWords(bits: bigint, type: ValueType | undefined): bigint[] {
  return type === V128 ? [bits & (2n ** 64n - 1n), bits >> 64n] : [bits];
}

/** An argument as if no NaN but the one were ever handed in: the instrumented function takes it for that. */
function canonical(bits: bigint, type: ValueType | undefined): bigint {
  const name = type === F32 ? 'f32' : type === F64 ? 'f64' : undefined;
  return name && isNan(bits, name) ? CANONICAL[name] : bits;
}

/** Every NaN that leaves is the canonical one. */
function isAsExpected(bits: bigint, expected: Expected, { results }: FunctionType, at: number): boolean {
  if ('nan' in expected) return bits === CANONICAL[expected.nan];
  const type = results[at] === F32 ? 'f32' : results[at] === F64 ? 'f64' : undefined;
  if (type && isNan(expected.bits, type)) return bits === CANONICAL[type];
  return bits === expected.bits;
}

function isNan(bits: bigint, type: 'f32' | 'f64'): boolean {
  const infinity = type === 'f32' ? 0x7f80_0000n : 0x7ff0_0000_0000_0000n;
  const magnitude = bits & (type === 'f32' ? 0x7fff_ffffn : 0x7fff_ffff_ffff_ffffn);
  return magnitude > infinity;
}

/** Both instances, or why there are none. */
function openPair(list: List): Pair | string {
  const bytes = textToBinary(list);
  if (!bytes) return 'text that wabt does not read';
  try {
    const instrumented = instantiateInstrumented(bytes);
    return { module: decodeModule(bytes, MODULE_LIMITS), plain: instantiatePlain(bytes), instrumented };
  } catch (error) {
    if (error instanceof SandboxError)
      return `${error.code} ${error.details?.feature ?? error.details?.what ?? ''}`.trim();
    return error instanceof engine.RuntimeError ? TRAPS : `${error}`;
  }
}
