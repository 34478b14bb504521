import { BROKEN, badLayout } from './bad-layout.ts';
import { child, isJson, type Json, listAt, textAt, wholeAt } from './json.ts';
import type { StorageType, Variable } from './layout.ts';

const ARRAY_LENGTH = /\[(\d+)\]$/;

/**
 * The variables of solc's `storageLayout`.
 *
 * @throws {@link ParallelError} `BAD_LAYOUT`
 */
export function readSolcStorage(storageLayout: Json, contract: string): Variable[] {
  const types = child(storageLayout, 'types');
  const known = new Map<string, StorageType>();
  let around: readonly string[] = [];
  const typeOf = (id: string): StorageType => {
    if (around.includes(id)) throw badLayout(`${contract}: ${id} contains itself.`, BROKEN);
    const before = known.get(id);
    if (before) return before;
    const raw = types[id];
    if (!isJson(raw)) throw badLayout(`${contract}: the storage layout does not describe ${id}.`, BROKEN);
    const outside = around;
    around = raw.encoding === 'inplace' ? [...outside, id] : [];
    const type = readType(raw, `${contract}, ${id}`, typeOf, (made) => known.set(id, made));
    around = outside;
    return type;
  };
  return listAt(storageLayout, 'storage').map((member) => readMember(member, contract, typeOf));
}

type TypeOf = (id: string) => StorageType;

function readMember(member: unknown, where: string, typeOf: TypeOf): Variable {
  const label = textAt(member, 'label', where);
  const inside = `${where}, ${label}`;
  return {
    label,
    slot: wholeAt(member, 'slot', inside),
    offset: Number(wholeAt(member, 'offset', inside)),
    type: typeOf(textAt(member, 'type', inside)),
  };
}

/** @param remember called before what the type contains is read: it may contain itself */
function readType(
  raw: Json,
  where: string,
  typeOf: TypeOf,
  remember: (type: StorageType) => void,
): StorageType {
  const label = textAt(raw, 'label', where);
  const keep = <T extends StorageType>(type: T, fill?: (type: T) => void): T => {
    remember(type);
    fill?.(type);
    return type;
  };
  const later: StorageType = { kind: 'unknown' };
  switch (textAt(raw, 'encoding', where)) {
    case 'mapping':
      return keep(
        { kind: 'mapping', key: later, value: later } as Extract<StorageType, { kind: 'mapping' }>,
        (type) => {
          type.key = typeOf(textAt(raw, 'key', where));
          type.value = typeOf(textAt(raw, 'value', where));
        },
      );
    case 'dynamic_array':
      return keep(
        { kind: 'dynamic', element: later } as Extract<StorageType, { kind: 'dynamic' }>,
        (type) => {
          type.element = typeOf(textAt(raw, 'base', where));
        },
      );
    case 'bytes':
      return keep({ kind: 'bytes', label });
    case 'inplace':
      break;
    default:
      throw badLayout(`${where}: an encoding that solc does not have.`);
  }
  const bytes = wholeAt(raw, 'numberOfBytes', where);
  if ('members' in raw) {
    const struct = { kind: 'struct' as const, label, slots: (bytes + 31n) / 32n, members: [] as Variable[] };
    return keep(struct, ({ members }) => {
      for (const member of listAt(raw, 'members')) members.push(readMember(member, where, typeOf));
    });
  }
  if ('base' in raw) {
    const length = ARRAY_LENGTH.exec(label)?.[1];
    if (length === undefined) throw badLayout(`${where}: the length of the array is not in its label.`);
    const array: Extract<StorageType, { kind: 'array' }> = {
      kind: 'array',
      element: later,
      length: BigInt(length),
    };
    return keep(array, (type) => {
      type.element = typeOf(textAt(raw, 'base', where));
    });
  }
  if (bytes < 1n || bytes > 32n) throw badLayout(`${where}: a value of ${bytes} bytes.`, BROKEN);
  return keep({ kind: 'value', label, bytes: Number(bytes) });
}
