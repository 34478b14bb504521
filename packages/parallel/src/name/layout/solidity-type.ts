import type { StorageType, Variable } from './layout.ts';
import { slotsOf } from './slots-of.ts';

/** What a name that is not part of the language stands for. */
export type Lookup = (name: string) => StorageType | undefined;

const INTEGER = /^u?int(\d*)$/;
const FIXED_BYTES = /^bytes(\d+)$/;
const ARRAY = /^(.*)\[(\d*)\]$/;

/**
 * A type as Solidity writes it: `mapping(address => uint256[])`, `struct Pool.Info`, `contract IERC20`.
 *
 * @returns nothing when a part of it is not known
 */
export function parseSolidityType(text: string, lookup: Lookup): StorageType | undefined {
  const label = text.replace(/ storage (ref|pointer)$/, '').replace(' payable', '');
  const entry = splitMapping(label);
  if (entry) {
    const [key, value] = entry.map((part) => parseSolidityType(part, lookup));
    return key && value && { kind: 'mapping', key, value };
  }
  const array = ARRAY.exec(label);
  if (array) {
    const element = parseSolidityType(array[1] ?? '', lookup);
    if (!element) return undefined;
    return array[2] ? { kind: 'array', element, length: BigInt(array[2]) } : { kind: 'dynamic', element };
  }
  if (label === 'bytes' || label === 'string') return { kind: 'bytes', label };
  const bytes = bytesOf(label);
  return bytes === undefined ? lookup(label.replace(/^struct /, '')) : { kind: 'value', label, bytes };
}

function splitMapping(label: string): [string, string] | undefined {
  if (!label.startsWith('mapping(') || !label.endsWith(')')) return undefined;
  const inside = label.slice('mapping('.length, -1);
  const arrow = inside.indexOf(' => ');
  return [inside.slice(0, arrow), inside.slice(arrow + 4)];
}

function bytesOf(label: string): number | undefined {
  if (label === 'address' || label.startsWith('contract ')) return 20;
  if (label === 'bool' || label.startsWith('enum ')) return 1;
  if (label.startsWith('function ')) return label.includes(' external') ? 24 : 8;
  const bits = INTEGER.exec(label)?.[1];
  if (bits !== undefined) return bits === '' ? 32 : Number(bits) / 8;
  const bytes = FIXED_BYTES.exec(label)?.[1];
  return bytes === undefined ? undefined : Number(bytes);
}

/** Gives fields their places by the rules of Solidity: small ones share a slot, structs and arrays begin and end on one. */
export function placeFields(fields: readonly { label: string; type: StorageType }[]): {
  members: Variable[];
  slots: bigint;
} {
  let slot = 0n;
  let used = 0;
  const members = fields.map(({ label, type }) => {
    const bytes = type.kind === 'value' ? type.bytes : 32;
    if (used + bytes > 32) {
      slot += 1n;
      used = 0;
    }
    const placed = { label, slot, offset: used, type };
    if (type.kind === 'value') used += bytes;
    else {
      slot += slotsOf(type);
      used = 0;
    }
    return placed;
  });
  return { members, slots: used > 0 ? slot + 1n : slot };
}

/** A struct written as its fields: `mapping(address => uint256) _balances; uint256 _totalSupply`. */
export function parseStruct(label: string, fields: string, lookup: Lookup): StorageType | undefined {
  const parsed = fields.split(';').map((field) => {
    const words = field.trim().split(' ');
    const name = words.pop() ?? '';
    return { label: name, type: parseSolidityType(words.join(' '), lookup) };
  });
  const complete = parsed.flatMap(({ label, type }) => (type ? [{ label, type }] : []));
  if (complete.length < parsed.length) return undefined;
  return { kind: 'struct', label, ...placeFields(complete) };
}
