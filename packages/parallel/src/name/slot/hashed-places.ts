import type { StorageType } from '../layout/layout.ts';
import { slotsOf } from '../layout/slots-of.ts';

/** A variable whose contents are at hashes of its slot. */
export type HashedPlace = {
  slot: bigint;
  type: Extract<StorageType, { kind: 'mapping' | 'dynamic' | 'bytes' }>;
};

const MOST_ELEMENTS = 256n;

/** The mappings, dynamic arrays, strings and bytes that lie in a place. Of a long array only the first elements. */
export function hashedPlaces(type: StorageType, slot: bigint): HashedPlace[] {
  switch (type.kind) {
    case 'mapping':
    case 'dynamic':
    case 'bytes':
      return [{ slot, type }];
    case 'struct':
      return type.members.flatMap((member) => hashedPlaces(member.type, slot + member.slot));
    case 'array':
      return ofElements(type.element, slot, type.length);
    case 'list':
      return ofElements(type.element, slot + 1n, type.length);
    default:
      return [];
  }
}

function ofElements(type: StorageType, slot: bigint, length: bigint): HashedPlace[] {
  const size = slotsOf(type);
  if (hashedPlaces(type, slot).length === 0) return [];
  const count = Number(length < MOST_ELEMENTS ? length : MOST_ELEMENTS);
  return Array.from({ length: count }, (_, i) => hashedPlaces(type, slot + BigInt(i) * size)).flat();
}
