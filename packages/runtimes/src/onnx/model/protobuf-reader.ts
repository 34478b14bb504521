/** One field of a message: numbers as `bigint`, everything that has a length as a view of its bytes. */
export type Field =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly number: number; readonly kind: 'fixed' };

/** What these bytes are not. The reader of models turns it into a refusal. */
export class NotProtobuf extends TypeError {}

/**
 * The fields of a protobuf message in the order of the wire, also those that the schema does not know. Groups, which ONNX
 * never had, are refused.
 *
 * @throws {@link NotProtobuf}
 */
export function* readFields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new NotProtobuf('a number ends too early');
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new NotProtobuf('a number is too long');
  };
  const skip = (length: number): number => {
    const begin = at;
    if (length > bytes.length - at) throw new NotProtobuf('a field ends too early');
    at += length;
    return begin;
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    const wire = Number(key & 7n);
    if (number < 1 || number > 0x1fff_ffff) throw new NotProtobuf('a field has no number');
    if (wire === 0) yield { number, kind: 'varint', value: varint() };
    else if (wire === 2) {
      const length = Number(varint());
      const begin = skip(length);
      yield { number, kind: 'bytes', value: bytes.subarray(begin, begin + length) };
    } else if (wire === 1 || wire === 5) {
      skip(wire === 1 ? 8 : 4);
      yield { number, kind: 'fixed' };
    } else throw new NotProtobuf('a field has an unknown form');
  }
}

/** A repeated number, one by one or packed. */
export function readVarints(field: Field): bigint[] {
  if (field.kind === 'varint') return [field.value];
  if (field.kind === 'fixed') throw new NotProtobuf('a number has another form');
  const list: bigint[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of field.value) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (shift > 70n) throw new NotProtobuf('a number is too long');
    if (byte >= 128) continue;
    list.push(BigInt.asUintN(64, value));
    value = shift = 0n;
  }
  if (shift > 0n) throw new NotProtobuf('a number ends too early');
  return list;
}
