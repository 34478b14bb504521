import type { RawTensor } from '../engine/messages.ts';

/**
 * Makes every NaN the one NaN, in place: WebAssembly leaves sign and payload to the processor, and a result must not tell
 * which one it ran on.
 */
export function canonicalNaN({ type, bytes }: RawTensor): void {
  if (type === 'float32') replaceNaN(new Uint32Array(bytes.buffer), 0x7fff_ffff, 0x7f80_0000, 0x7fc0_0000);
  if (type === 'float16') replaceNaN(new Uint16Array(bytes.buffer), 0x7fff, 0x7c00, 0x7e00);
  if (type !== 'float64') return;
  const doubles = new Float64Array(bytes.buffer);
  const bits = new BigUint64Array(bytes.buffer);
  for (let at = 0; at < doubles.length; at++) {
    if (Number.isNaN(doubles[at])) bits[at] = 0x7ff8_0000_0000_0000n;
  }
}

function replaceNaN(
  bits: Uint32Array | Uint16Array,
  magnitude: number,
  infinity: number,
  canonical: number,
): void {
  for (let at = 0; at < bits.length; at++) {
    if (((bits[at] as number) & magnitude) > infinity) bits[at] = canonical;
  }
}
