import type { StorageType } from './layout.ts';

const SLOT = 32n;

/** Slots that a type takes in place, from its first: what is at a hash does not count. */
export function slotsOf(type: StorageType): bigint {
  switch (type.kind) {
    case 'struct':
    case 'blob':
      return type.slots;
    case 'array':
      return arraySlots(type.element, type.length);
    case 'list':
      return 1n + type.length * slotsOf(type.element);
    case 'words':
    case 'unknown':
      return 1n << 64n;
    default:
      return 1n;
  }
}

/** Elements that share a slot; 1 for those that have their own. */
export function perSlot(element: StorageType): bigint {
  return element.kind === 'value' ? SLOT / BigInt(element.bytes) : 1n;
}

function arraySlots(element: StorageType, length: bigint): bigint {
  const together = perSlot(element);
  if (together > 1n) return (length + together - 1n) / together;
  return length * slotsOf(element);
}
