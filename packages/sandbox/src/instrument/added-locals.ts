import type { ByteWriter } from '../binary/byte-writer.ts';
import type { FunctionBody, ValueType } from '../module/types.ts';

/** Locals that instrumentation adds behind those of a function, each when it is first asked for. */
export class AddedLocals {
  private readonly body: FunctionBody;
  private readonly first: number;
  private readonly added: ValueType[] = [];
  private readonly byPurpose = new Map<string, number>();

  constructor(body: FunctionBody, paramCount: number) {
    this.body = body;
    this.first = body.locals.reduce((sum, { count }) => sum + count, paramCount);
  }

  /** The local for a purpose, always the same. */
  get(purpose: string, type: ValueType): number {
    const index = this.byPurpose.get(purpose) ?? this.first + this.added.push(type) - 1;
    this.byPurpose.set(purpose, index);
    return index;
  }

  /** Every declaration, the added ones last. */
  write(writer: ByteWriter): void {
    writer.u32(this.body.locals.length + this.added.length);
    for (const { count, type } of this.body.locals) writer.u32(count).byte(type);
    for (const type of this.added) writer.u32(1).byte(type);
  }
}
