/** Addresses may carry a checksum in their capitals. */
const HEX = /^0x[0-9a-fA-F]+$/;

/**
 * The one JSON text of a value: names sorted, no blanks, amounts (`bigint`) as decimal strings, fields that are `undefined`
 * left out, hexadecimal in lower case. What is signed is these bytes, so both sides write the same.
 */
export function encodeWire(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'string') return JSON.stringify(HEX.test(value) ? value.toLowerCase() : value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => encodeWire(item ?? null)).join(',')}]`;
  const fields = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${encodeWire(item)}`);
  return `{${fields.join(',')}}`;
}
