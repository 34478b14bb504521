import { bytesToHex, type Hex } from 'viem';
import { ComputeError } from '../compute-error.ts';

/** A content identifier: version 1, base32 in lower case, SHA-256. */
export type Cid = string;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const SHA_256 = 0x12;
const DIGEST_BYTES = 32;
/** Longer codecs than three bytes of varint are not in use. */
const LONGEST = 80;

/** Whether a text is a version 1 CID in its one canonical spelling: base32, lower case, SHA-256. */
export function isCid(text: string): boolean {
  const bytes = text.length <= LONGEST && text[0] === 'b' ? fromBase32(text.slice(1)) : undefined;
  if (bytes === undefined || bytes[0] !== 1) return false;
  const codecEnd = endOfVarint(bytes, 1);
  if (codecEnd === undefined) return false;
  const rest = bytes.subarray(codecEnd);
  return rest[0] === SHA_256 && rest[1] === DIGEST_BYTES && rest.length === 2 + DIGEST_BYTES;
}

/**
 * The text, if it is a CID.
 *
 * @throws {@link ComputeError} `CID_INVALID`
 */
export function requireCid(text: string): Cid {
  if (isCid(text)) return text;
  throw new ComputeError('CID_INVALID', `“${text.slice(0, LONGEST)}” is no content identifier.`, { text });
}

/**
 * The SHA-256 digest inside a CID: 32 bytes for a contract.
 *
 * @throws {@link ComputeError} `CID_INVALID`
 */
export function cidDigest(cid: Cid): Hex {
  const bytes = fromBase32(requireCid(cid).slice(1)) as Uint8Array;
  return bytesToHex(bytes.slice(-DIGEST_BYTES));
}

/** `undefined` when a letter is none, or bits are left over that are not zero. */
function fromBase32(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let [held, bits, size] = [0, 0, 0];
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return undefined;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[size++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  return bits < 5 && held === 0 ? bytes : undefined;
}

function endOfVarint(bytes: Uint8Array, from: number): number | undefined {
  for (let at = from; at < Math.min(from + 3, bytes.length); at++) {
    const byte = bytes[at] as number;
    const isPadded = byte === 0 && at > from;
    if (byte < 0x80) return isPadded ? undefined : at + 1;
  }
  return undefined;
}
