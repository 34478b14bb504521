/** Numbers, vectors and references, as the binary format writes them. */
export const I32 = 0x7f;
export const I64 = 0x7e;
export const F32 = 0x7d;
export const F64 = 0x7c;
export const V128 = 0x7b;
export const FUNCREF = 0x70;
export const EXTERNREF = 0x6f;

export type ValueType =
  | typeof I32
  | typeof I64
  | typeof F32
  | typeof F64
  | typeof V128
  | typeof FUNCREF
  | typeof EXTERNREF;

export type FunctionType = { readonly params: readonly ValueType[]; readonly results: readonly ValueType[] };

export type Limits = { readonly minimum: number; readonly maximum: number | undefined };

export type Table = { readonly element: ValueType; readonly limits: Limits };

export type Global = { readonly type: ValueType; readonly isMutable: boolean; readonly value: Constant };

/** A constant expression: its bytes up to and including `end`, or the function that it refers to. */
export type Constant = { readonly bytes: Uint8Array } | { readonly functionIndex: number };

export type Import = { readonly module: string; readonly name: string; readonly typeIndex: number };

export type ExportKind = 0 | 1 | 2 | 3;

/** Kinds: 0 function, 1 table, 2 memory, 3 global. */
export type Export = { readonly name: string; readonly kind: ExportKind; readonly index: number };

export type ElementSegment = {
  readonly mode: 'active' | 'passive' | 'declarative';
  readonly table: number;
  readonly offset: Constant | undefined;
  readonly element: ValueType;
  readonly items: readonly Constant[];
};

export type DataSegment = {
  readonly offset: Constant | undefined;
  readonly bytes: Uint8Array;
};

export type FunctionBody = {
  /** Groups of locals as declared, parameters not included. */
  readonly locals: readonly { readonly count: number; readonly type: ValueType }[];
  /** Where the instructions begin and end (the last `end` included) in the bytes of the module. */
  readonly start: number;
  readonly end: number;
};

/** A module as it was written, custom sections left out. */
export type WasmModule = {
  readonly bytes: Uint8Array;
  readonly types: readonly FunctionType[];
  readonly imports: readonly Import[];
  /** Type of each function that the module defines. */
  readonly functions: readonly number[];
  readonly tables: readonly Table[];
  readonly memory: Limits | undefined;
  readonly globals: readonly Global[];
  readonly exports: readonly Export[];
  readonly start: number | undefined;
  readonly elements: readonly ElementSegment[];
  readonly dataCount: number | undefined;
  readonly bodies: readonly FunctionBody[];
  readonly data: readonly DataSegment[];
};

export function isFloat(type: ValueType): boolean {
  return type === F32 || type === F64;
}

export function isReference(type: ValueType): boolean {
  return type === FUNCREF || type === EXTERNREF;
}
