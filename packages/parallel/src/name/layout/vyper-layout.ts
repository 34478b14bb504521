import { child, isJson, type Json, textAt, wholeAt } from './json.ts';
import type { StorageType, Variable } from './layout.ts';
import { slotsOf } from './slots-of.ts';

const LIST = /^DynArray\[(.+), (\d+)\]$/;
const MAPPING = /^HashMap\[(.+)\]$/;
const BLOB = /^(?:Bytes|String)\[(\d+)\]$/;
const ARRAY = /^(.+)\[(\d+)\]$/;

/** The variables of `vyper -f layout`; those of modules as `module.variable`. Vyper packs nothing. */
export function readVyperStorage(json: Json): Variable[] {
  return readEntries(child(json, 'storage_layout'), '');
}

function readEntries(entries: Json, prefix: string): Variable[] {
  return Object.entries(entries).flatMap(([name, entry]) => {
    const label = prefix + name;
    if (isJson(entry) && !('slot' in entry)) return readEntries(entry, `${label}.`);
    const type = parseVyperType(textAt(entry, 'type', label));
    const slots = isJson(entry) && 'n_slots' in entry ? wholeAt(entry, 'n_slots', label) : slotsOf(type);
    const placed = type.kind === 'value' && slots > 1n ? { kind: 'blob' as const, slots } : type;
    return [{ label, slot: wholeAt(entry, 'slot', label), offset: 0, type: placed }];
  });
}

/** A value takes a whole slot. Structs are not described there, so they are values of unknown length. */
function parseVyperType(text: string): StorageType {
  const mapping = MAPPING.exec(text)?.[1];
  if (mapping !== undefined) {
    const comma = mapping.indexOf(', ');
    const [key, value] = [mapping.slice(0, comma), mapping.slice(comma + 2)];
    return { kind: 'mapping', key: parseVyperType(key), value: parseVyperType(value) };
  }
  const list = LIST.exec(text);
  if (list) return { kind: 'list', element: parseVyperType(list[1] ?? ''), length: BigInt(list[2] ?? 0) };
  const blob = BLOB.exec(text)?.[1];
  if (blob !== undefined) return { kind: 'blob', slots: 1n + (BigInt(blob) + 31n) / 32n };
  const array = ARRAY.exec(text);
  if (array) return { kind: 'array', element: parseVyperType(array[1] ?? ''), length: BigInt(array[2] ?? 0) };
  return { kind: 'value', label: text, bytes: 32 };
}
