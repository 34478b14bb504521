import { checkSize, type ModuleLimits } from '../gate/module-limits.ts';
import { refuseInvalid } from '../gate/refuse.ts';
import { isFloat, type ValueType } from '../module/types.ts';
import type { Frame } from './frame.ts';

/** Any type: an operand of code that is never reached. */
export const UNKNOWN = 0;
/** Added to the type of a float that may be a NaN of any bits. */
export const ANY_NAN = 0x100;

/** The types of the values on the stack at one point of a function, as the specification's validation keeps them. */
export class Operands {
  readonly frames: Frame[] = [];
  /** How many values it has held at most. */
  highest = 0;
  private readonly values: number[] = [];
  readonly limits: ModuleLimits;

  constructor(limits: ModuleLimits) {
    this.limits = limits;
  }

  get height(): number {
    return this.values.length;
  }

  get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  push(value: number): void {
    if (this.values.push(value) > this.highest) {
      this.highest = this.values.length;
      checkSize(this.limits, 'values on the stack', this.highest);
    }
  }

  /** What came over a branch or out of a call: floats may be a NaN of any bits. */
  pushAll(types: readonly ValueType[]): void {
    for (const type of types) this.push(isFloat(type) ? type | ANY_NAN : type);
  }

  /** Takes a value of any type. */
  pop(): number {
    const { height, isUnreachable } = this.frame;
    if (this.values.length > height) return this.values.pop() as number;
    if (isUnreachable) return UNKNOWN;
    throw refuseInvalid('an operand is missing', {});
  }

  /** Takes a value of this type; the answer may carry `ANY_NAN`. */
  take(type: number): number {
    const value = this.pop();
    const actual = value & 0xff;
    if (actual === (type & 0xff) || value === UNKNOWN || type === UNKNOWN) return value;
    throw refuseInvalid('an operand has another type', { expected: type & 0xff, actual });
  }

  takeAll(types: readonly ValueType[]): number[] {
    const taken: number[] = [];
    for (let at = types.length - 1; at >= 0; at--) taken.unshift(this.take(types[at] as ValueType));
    return taken;
  }

  /** Returns what `takeAll` took. */
  putBack(values: readonly number[]): void {
    for (const value of values) this.values.push(value);
  }

  /** The rest of the frame is not reached. */
  abandon(): void {
    this.values.length = this.frame.height;
    this.frame.isUnreachable = true;
  }

  open(frame: Frame): void {
    this.frames.push(frame);
    checkSize(this.limits, 'nested blocks', this.frames.length);
    this.pushAll(frame.params);
  }

  close(): Frame {
    const { frame } = this;
    this.takeAll(frame.results);
    if (this.values.length !== frame.height) throw refuseInvalid('values are left on the stack', {});
    this.frames.pop();
    return frame;
  }

  /** What a branch to the frame at this depth carries. */
  label(depth: number): readonly ValueType[] {
    const frame = this.frames[this.frames.length - 1 - depth];
    if (!frame) throw refuseInvalid('a branch leads nowhere', { depth });
    return frame.kind === 'loop' ? frame.params : frame.results;
  }
}
