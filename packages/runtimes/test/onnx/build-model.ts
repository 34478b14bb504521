/** Writes ONNX models as bytes, field by field, so that tests can write those that no tool would. */
export type NodeParts = {
  readonly op: string;
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  readonly domain?: string;
  readonly attributes?: readonly Uint8Array[];
};

/** Numbers of ONNX's element types. */
const TYPE = { float32: 1, int32: 6, int64: 7, string: 8, bool: 9, double: 11 } as const;
type Type = keyof typeof TYPE;

export const varint = (value: number | bigint): Uint8Array => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    bytes.push(Number(rest & 127n) | (rest > 127n ? 128 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
};

export const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

export const field = (number: number, value: number | bigint | string | Uint8Array): Uint8Array => {
  if (typeof value === 'number' || typeof value === 'bigint') return join(varint(number << 3), varint(value));
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return join(varint((number << 3) | 2), varint(bytes.length), bytes);
};

export function tensor(name: string, type: Type, dims: readonly number[], raw: ArrayBufferView): Uint8Array {
  const bytes = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  return join(
    ...dims.map((length) => field(1, length)),
    field(2, TYPE[type]),
    field(8, name),
    field(9, bytes),
  );
}

export const int64 = (...values: number[]) => BigInt64Array.from(values.map(BigInt));

export const attribute = {
  graph: (name: string, graph: Uint8Array) => join(field(1, name), field(6, graph), field(20, 5)),
  tensor: (name: string, value: Uint8Array) => join(field(1, name), field(5, value), field(20, 4)),
  int: (name: string, value: number) => join(field(1, name), field(3, value), field(20, 2)),
};

export function value(name: string, type: Type, dims: readonly (number | string)[] = []): Uint8Array {
  const shape = dims.map((length) => field(1, field(typeof length === 'string' ? 2 : 1, length)));
  return join(field(1, name), field(2, field(1, join(field(1, TYPE[type]), field(2, join(...shape))))));
}

export function node({ op, inputs = [], outputs = [], domain = '', attributes = [] }: NodeParts): Uint8Array {
  return join(
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(4, op),
    ...attributes.map((each) => field(5, each)),
    field(7, domain),
  );
}

export type GraphParts = {
  readonly nodes: readonly NodeParts[];
  readonly inputs?: readonly Uint8Array[];
  readonly outputs?: readonly Uint8Array[];
  readonly constants?: readonly Uint8Array[];
};

export function graph({ nodes, inputs = [], outputs = [], constants = [] }: GraphParts): Uint8Array {
  return join(
    ...nodes.map((each) => field(1, node(each))),
    field(2, 'graph'),
    ...constants.map((each) => field(5, each)),
    ...inputs.map((each) => field(11, each)),
    ...outputs.map((each) => field(12, each)),
  );
}

export function model(parts: GraphParts, ...more: readonly Uint8Array[]): Uint8Array {
  return join(field(1, 8), field(7, graph(parts)), field(8, join(field(1, ''), field(2, 17))), ...more);
}
