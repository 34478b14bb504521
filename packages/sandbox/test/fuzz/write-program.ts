type Type = 'i32' | 'i64' | 'f32' | 'f64';

const INTEGERS: Type[] = ['i32', 'i64'];
const ALL: Type[] = [...INTEGERS, 'f32', 'f64'];
const LOCALS: Record<Type, number[]> = { i32: [0, 4, 8], i64: [1, 5], f32: [2, 6], f64: [3, 7] };
const COUNTER = 9;
const GLOBALS: Record<Type, number> = { i32: 0, i64: 1, f32: 2, f64: 3 };
const ADDRESS_MASK = 0xff8;
const FUNCTIONS = 4;

const WHOLE = 'add sub mul and or xor shl shr_s shr_u rotl rotr div_s div_u rem_s rem_u'.split(' ');
const WHOLE_UNARY = ['clz', 'ctz', 'popcnt', 'extend8_s', 'extend16_s'];
const COMPARE = ['eq', 'ne', 'lt_s', 'lt_u', 'gt_s', 'le_u', 'ge_s'];
/** Results may be a NaN of any bits. */
const MAKES_NAN = ['add', 'sub', 'mul', 'div', 'min', 'max'];
const MAKES_NAN_UNARY = ['sqrt', 'ceil', 'floor', 'trunc', 'nearest'];
const MOVES_NAN_UNARY = ['neg', 'abs'];
const CONSTANTS: Record<Type, string[]> = {
  i32: ['0', '1', '-1', '7', '0x80000000', '0x7fc00000', '65535'],
  i64: ['0', '1', '-1', '9', '0x8000000000000000', '0xfff8000000000001'],
  f32: ['0', '-0', '1.5', '-3', 'inf', '-inf', '0x1p-149', '3e38', 'nan'],
  f64: ['0', '-0', '2.5', '-7', 'inf', '-inf', '0x1p-1074', '1e308', 'nan'],
};

export type ProgramOptions = {
  readonly hasFloats: boolean;
  /** Makes every NaN canonical where it is made: what the instrumented module has to be equal to. */
  readonly isReference: boolean;
};

/** The text of a module that ends, written by the numbers on a tape; the same tape gives the same program. */
export function writeProgram(tape: readonly number[], options: ProgramOptions): string {
  return new ProgramWriter(tape, options).module();
}

class ProgramWriter {
  private at = 0;
  private labels = 0;
  private callable = 0;
  private readonly tape: readonly number[];
  private readonly options: ProgramOptions;
  private readonly types: Type[];

  constructor(tape: readonly number[], options: ProgramOptions) {
    this.tape = tape;
    this.options = options;
    this.types = options.hasFloats ? ALL : INTEGERS;
  }

  module(): string {
    const { hasFloats } = this.options;
    const [f32, f64] = hasFloats ? ['f32', 'f64'] : ['i32', 'i64'];
    const params = `(param i32 i64 ${f32} ${f64})`;
    const functions: string[] = [];
    for (let index = 0; index < FUNCTIONS; index++) {
      this.callable = index;
      const locals = `(local i32 i64 ${f32} ${f64} i32 i32)`;
      const code = `${this.block(3)} ${this.expression('i64', 3)}`;
      functions.push(`(func $f${index} (export "f${index}") (type $f) ${locals} ${code})`);
    }
    const canonical = ['f32', 'f64'].map(
      (type) => `(func $canonical_${type} (param ${type}) (result ${type})
      (select (local.get 0) (${type}.const nan) (${type}.eq (local.get 0) (local.get 0))))`,
    );
    return `(module (type $f (func ${params} (result i64))) (memory (export "memory") 1 2)
      (table funcref (elem ${functions.map((_, index) => `$f${index}`).join(' ')}))
      ${this.types.map((type) => `(global (export "g_${type}") (mut ${type}) (${type}.const 0))`).join(' ')}
      ${hasFloats ? canonical.join('\n') : ''} ${functions.join('\n')})`;
  }

  private choose(count: number): number {
    return (this.tape[this.at++ % this.tape.length] as number) % count;
  }

  private pick<T>(items: readonly T[]): T {
    return items[this.choose(items.length)] as T;
  }

  private block(depth: number): string {
    return Array.from({ length: 1 + this.choose(4) }, () => this.statement(depth)).join('\n');
  }

  private statement(depth: number): string {
    const type = this.pick(this.types);
    const kind = depth === 0 ? this.choose(4) : this.choose(14);
    if (kind === 0) return `(local.set ${this.pick(LOCALS[type])} ${this.expression(type, 2)})`;
    if (kind === 1) return `(global.set ${GLOBALS[type]} ${this.expression(type, 2)})`;
    if (kind === 2) return `(${type}.store ${this.address()} ${this.expression(type, 2)})`;
    if (kind === 3)
      return `(local.set ${this.pick(LOCALS.i32)} (local.tee ${this.pick(LOCALS.i32)} ${this.expression('i32', 1)}))`;
    if (kind < 6) return this.conditional(depth);
    if (kind < 9) return this.loop(depth);
    if (kind < 11) return this.exits(depth);
    if (kind === 11) return this.bulk();
    if (kind === 12) return `(if ${this.expression('i32', 1)} (then (return ${this.expression('i64', 1)})))`;
    return this.callable === 0 ? 'nop' : `(global.set ${GLOBALS.i64} ${this.call()})`;
  }

  private conditional(depth: number): string {
    const otherwise = this.choose(2) === 0 ? '' : `(else ${this.block(depth - 1)})`;
    return `(if ${this.expression('i32', 2)} (then ${this.block(depth - 1)}) ${otherwise})`;
  }

  /** Goes round a few times; the branch back is conditional or not. Nested loops share the counter, and still end. */
  private loop(depth: number): string {
    const label = `$l${this.labels++}`;
    const saved = `(i32.const ${this.choose(5)})`;
    const step = `(local.set ${COUNTER} (i32.sub (local.get ${COUNTER}) (i32.const 1)))`;
    const more = `(i32.gt_s (local.get ${COUNTER}) (i32.const 0))`;
    const body = depth > 1 && this.choose(2) === 0 ? this.block(depth - 1) : this.block(0);
    const set = `(local.set ${COUNTER} ${saved})`;
    if (this.choose(2) === 0) return `${set} (loop ${label} ${body} ${step} (br_if ${label} ${more}))`;
    const exit = `$e${this.labels++}`;
    return `${set} (block ${exit} (loop ${label} (br_if ${exit} (i32.eqz ${more})) ${step} ${body} (br ${label})))`;
  }

  private exits(depth: number): string {
    const [outer, inner] = [`$b${this.labels++}`, `$b${this.labels++}`];
    const branch =
      this.choose(2) === 0
        ? `(br_if ${outer} ${this.expression('i32', 1)})`
        : `(br_table ${inner} ${outer} ${inner} ${this.expression('i32', 1)})`;
    return `(block ${outer} (block ${inner} ${this.block(depth - 1)} ${branch}) ${this.block(depth - 1)})`;
  }

  private bulk(): string {
    const length = `(i32.and ${this.expression('i32', 1)} (i32.const 0x1ff))`;
    if (this.choose(3) === 0)
      return `(local.set ${this.pick(LOCALS.i32)} (memory.grow (i32.const ${this.choose(2)})))`;
    return this.choose(2) === 0
      ? `(memory.fill ${this.address()} ${this.expression('i32', 1)} ${length})`
      : `(memory.copy ${this.address()} ${this.address()} ${length})`;
  }

  private call(): string {
    const [f32, f64]: Type[] = this.options.hasFloats ? ['f32', 'f64'] : ['i32', 'i64'];
    const args = (['i32', 'i64', f32, f64] as Type[]).map((type) => this.expression(type, 1)).join(' ');
    const index = this.choose(this.callable);
    return this.choose(2) === 0
      ? `(call $f${index} ${args})`
      : `(call_indirect (type $f) ${args} (i32.const ${index}))`;
  }

  private address(): string {
    return `(i32.and ${this.expression('i32', 1)} (i32.const ${ADDRESS_MASK}))`;
  }

  private expression(type: Type, depth: number): string {
    const kind = depth === 0 ? this.choose(2) : this.choose(8);
    if (kind === 0) return `(${type}.const ${this.pick(CONSTANTS[type])})`;
    if (kind === 1) return `(local.get ${this.pick(LOCALS[type])})`;
    if (kind === 2) return this.clean(type, `(${type}.load ${this.address()})`);
    if (kind === 3) return `(global.get ${GLOBALS[type]})`;
    if (kind === 4)
      return `(if (result ${type}) ${this.expression('i32', depth - 1)} (then ${this.expression(type, depth - 1)}) (else ${this.expression(type, depth - 1)}))`;
    if (kind === 5)
      return `(select ${this.expression(type, depth - 1)} ${this.expression(type, depth - 1)} ${this.expression('i32', depth - 1)})`;
    return type.startsWith('i') ? this.whole(type, depth - 1) : this.float(type, depth - 1);
  }

  private whole(type: Type, depth: number): string {
    const kind = this.choose(this.options.hasFloats ? 8 : 6);
    const other = type === 'i32' ? 'i64' : 'i32';
    if (kind < 3)
      return `(${type}.${this.pick(WHOLE)} ${this.expression(type, depth)} ${this.expression(type, depth)})`;
    if (kind === 3) return `(${type}.${this.pick(WHOLE_UNARY)} ${this.expression(type, depth)})`;
    if (kind === 4)
      return type === 'i32'
        ? `(i32.wrap_i64 ${this.expression(other, depth)})`
        : `(i64.extend_i32_s ${this.expression(other, depth)})`;
    if (kind === 5) {
      const compared = `(${this.pick(INTEGERS)}.`;
      const operand = compared.slice(1, 4) as Type;
      const comparison = `${compared}${this.pick(COMPARE)} ${this.expression(operand, depth)} ${this.expression(operand, depth)})`;
      return type === 'i32' ? comparison : `(i64.extend_i32_u ${comparison})`;
    }
    const float = type === 'i32' ? 'f32' : 'f64';
    if (kind === 6) return `(${type}.reinterpret_${float} ${this.expression(float, depth)})`;
    return `(${type}.trunc_sat_${this.pick(['f32', 'f64'])}_s ${this.expression(this.last('f32', 'f64'), depth)})`;
  }

  /** The type that `pick` has just chosen of two. */
  private last(first: Type, second: Type): Type {
    const chosen = (this.tape[(this.at - 1) % this.tape.length] as number) % 2;
    return chosen === 0 ? first : second;
  }

  private float(type: Type, depth: number): string {
    const kind = this.choose(7);
    const operand = () => this.expression(type, depth);
    if (kind < 2) return this.made(type, `(${type}.${this.pick(MAKES_NAN)} ${operand()} ${operand()})`);
    if (kind === 2) return this.made(type, `(${type}.${this.pick(MAKES_NAN_UNARY)} ${operand()})`);
    if (kind === 3) return this.clean(type, `(${type}.${this.pick(MOVES_NAN_UNARY)} ${operand()})`);
    if (kind === 4) return this.clean(type, `(${type}.copysign ${operand()} ${operand()})`);
    if (kind === 5) return `(${type}.convert_i32_s ${this.expression('i32', depth)})`;
    const bits = type === 'f32' ? 'i32' : 'i64';
    return this.clean(type, `(${type}.reinterpret_${bits} ${this.expression(bits, depth)})`);
  }

  /** Bits that are no accident of the machine, but may be a NaN that is not canonical. */
  private clean(type: Type, value: string): string {
    return type.startsWith('i') ? value : `(call $canonical_${type} ${value})`;
  }

  private made(type: Type, value: string): string {
    return this.options.isReference ? this.clean(type, value) : value;
  }
}
