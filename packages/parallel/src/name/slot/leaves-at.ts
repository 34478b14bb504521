import type { StorageType } from '../layout/layout.ts';
import { perSlot, slotsOf } from '../layout/slots-of.ts';
import { element, field, type Leaf, type Step } from './leaf.ts';

const WHOLE = { offset: 0, bytes: 32 };

/**
 * The variables that lie in one slot of a place.
 *
 * @param slot counted from the first of the place
 * @returns nothing when the place ends before, or has a gap there
 */
export function leavesAt(type: StorageType, path: readonly Step[], slot: bigint): Leaf[] {
  if (slot < 0n || slot >= slotsOf(type)) return [];
  switch (type.kind) {
    case 'value':
      return [{ path, type, offset: 0, bytes: type.bytes }];
    case 'struct':
      return type.members.flatMap((member) => {
        const inside = [...path, field(member.label, slotsOf(member.type))];
        const leaves = leavesAt(member.type, inside, slot - member.slot);
        return member.offset === 0 ? leaves : leaves.map((leaf) => ({ ...leaf, offset: member.offset }));
      });
    case 'array':
      return elementsAt(type.element, path, slot, type.length);
    case 'dynamic':
      return [{ path: [...path, field('length')], type, ...WHOLE }];
    case 'list':
      if (slot === 0n) return [{ path: [...path, field('length')], type, ...WHOLE }];
      return elementsAt(type.element, path, slot - 1n, type.length);
    case 'words':
      return [{ path: [...path, element(slot)], type, ...WHOLE }];
    case 'unknown':
      return [{ path: slot === 0n ? path : [...path, after(slot)], type, ...WHOLE }];
    case 'blob':
      return [{ path: slot === 0n ? path : [...path, element(byteRange(slot - 1n))], type, ...WHOLE }];
    default:
      return [{ path, type, ...WHOLE }];
  }
}

/** The elements in one slot of an array; those that share it side by side. */
export function elementsAt(type: StorageType, path: readonly Step[], slot: bigint, length: bigint): Leaf[] {
  const together = perSlot(type);
  if (together === 1n) {
    const size = slotsOf(type);
    const index = slot / size;
    return index < length ? leavesAt(type, [...path, element(index, size)], slot % size) : [];
  }
  const first = slot * together;
  const count = first >= length ? 0 : Math.min(Number(together), Number(length - first));
  return Array.from({ length: count }, (_, i) => {
    const bytes = 32 / Number(together);
    const width = type.kind === 'value' ? type.bytes : bytes;
    return { path: [...path, element(first + BigInt(i))], type, offset: i * width, bytes: width };
  });
}

/** Bytes that slot `i` of a tail holds. */
export function byteRange(i: bigint): string {
  return `${32n * i}…${32n * i + 31n}`;
}

function after(slot: bigint): Step {
  return { text: `+${slot}`, pattern: `+${slot}`, slots: 1n };
}
