import { ByteReader } from '../binary/byte-reader.ts';
import type { ModuleLimits } from '../gate/module-limits.ts';
import { refuseFeature } from '../gate/refuse.ts';
import type { FunctionBody, FunctionType, ValueType } from '../module/types.ts';
import type { Edit } from './edit.ts';
import type { Frame } from './frame.ts';
import { Meter } from './meter.ts';
import { Operands } from './operands.ts';
import type { ScanContext } from './scan-context.ts';
import type { Segment } from './segment.ts';

/** An edit as a scanner asks for it: where it stands is known. */
type Wanted<T> = T extends Edit ? Omit<T, 'at' | 'end'> : never;

export type FunctionScanInput = {
  readonly context: ScanContext;
  readonly limits: ModuleLimits;
  readonly body: FunctionBody;
  readonly type: FunctionType;
  readonly locals: readonly ValueType[];
  /** Locals that may hold a NaN of any bits; grows while scanning. */
  readonly anyNan: Set<number>;
};

/** One walk over the instructions of a function: what is on the stack, who pays, what is to be changed. */
export class FunctionScan {
  readonly context: ScanContext;
  readonly type: FunctionType;
  readonly locals: readonly ValueType[];
  readonly anyNan: Set<number>;
  readonly reader: ByteReader;
  readonly operands: Operands;
  readonly meter: Meter;
  readonly entry: Segment;
  isCaller = false;
  /** Offset of the instruction at hand. */
  at: number;
  private readonly edits: Edit[] = [];

  constructor({ context, limits, body, type, locals, anyNan }: FunctionScanInput) {
    this.context = context;
    this.type = type;
    this.locals = locals;
    this.anyNan = anyNan;
    this.reader = new ByteReader(context.module.bytes, body.start, body.end);
    this.operands = new Operands(limits);
    this.at = body.start;
    this.meter = new Meter((segment) => {
      this.edits.push({ kind: 'charge', at: segment.at, end: segment.at, segment });
    });
    this.entry = this.meter.begin(body.start);
    // An engine clears the locals of a frame.
    this.meter.pay(1 + Math.ceil(locals.length / 4));
    this.open({ kind: 'function', params: [], results: type.results, opening: undefined });
  }

  open(frame: Pick<Frame, 'kind' | 'params' | 'results' | 'opening'> & { header?: Segment }): void {
    this.operands.open({
      ...{ header: undefined, ...frame, height: this.operands.height, isUnreachable: false },
      ...{ backEdges: [], hasConditionalBackEdge: false, lowestTarget: Number.POSITIVE_INFINITY },
    });
  }

  /** A segment that begins behind the instruction at hand. */
  beginSegment(): Segment {
    return this.meter.begin(this.reader.offset);
  }

  /** What follows is never reached, up to `else` or `end`. */
  abandon(): void {
    this.operands.abandon();
    this.meter.abandon();
  }

  insertBefore(edit: Wanted<Edit>): void {
    this.add(edit, this.at, this.at);
  }

  insertAfter(edit: Wanted<Edit>): void {
    this.add(edit, this.reader.offset, this.reader.offset);
  }

  replace(edit: Wanted<Edit>): void {
    this.add(edit, this.at, this.reader.offset);
  }

  refuse(feature: string) {
    return refuseFeature(feature, this.at);
  }

  finish(): Edit[] {
    this.meter.finish();
    return this.edits.filter((edit) => edit.kind !== 'charge' || this.isCharged(edit.segment));
  }

  private add(edit: Wanted<Edit>, at: number, end: number): void {
    this.edits.push(Object.assign(edit, { at, end }) as Edit);
  }

  /** The entry is charged before the function's first instruction, in another way. */
  private isCharged(segment: Segment): boolean {
    return segment !== this.entry && segment.cost > 0;
  }
}
