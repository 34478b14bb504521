import { type Address, getAddress, type Hex, isAddress } from 'viem';
import { z } from 'zod';
import { isCid } from '../content/cid.ts';
import { parseReceipt } from '../receipt/encode-receipt.ts';
import { parseJobSpec } from '../spec/parse-job-spec.ts';

const hexOf = (pattern: RegExp, words: string) =>
  z
    .string()
    .regex(pattern, words)
    .transform((text) => text.toLowerCase() as Hex);

/** A whole number as decimal digits. */
export const amount = z.union([
  z.bigint().nonnegative(),
  z
    .string()
    .regex(/^\d{1,78}$/, 'is no decimal amount')
    .transform(BigInt),
]);
/** A count that fits a JSON number. */
export const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
export const address = z
  .string()
  .refine((text) => isAddress(text, { strict: false }), 'is no address')
  .transform((text) => getAddress(text) as Address);
export const word = hexOf(/^0x[0-9a-fA-F]{64}$/, 'is no word of 32 bytes');
/** Up to 8 KiB: contracts (ERC-1271) may want long ones. */
export const signature = hexOf(/^0x(?:[0-9a-fA-F]{2}){1,8192}$/, 'is no signature');
/** An ed25519 signature. */
export const sessionSignature = hexOf(/^0x[0-9a-fA-F]{128}$/, 'is no ed25519 signature');
export const cid = z.string().refine(isCid, 'is no CID');
export const name = z.string().regex(/^[A-Za-z0-9-]{0,32}$/, 'is not up to 32 letters, digits or dashes');
export const endpoint = z
  .url({ protocol: /^https?$/ })
  .max(256)
  .refine((text) => !text.endsWith('/'), 'ends with a slash');
export const bytes = z.base64().max(1 << 20);

export const jobSpec = readBy(parseJobSpec);
export const receipt = readBy(parseReceipt);

/** A schema around a reader of ours, whose sentence becomes the problem. */
function readBy<T>(parse: (value: unknown) => T) {
  return z.unknown().transform((value, context): T => {
    try {
      return parse(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message });
      return z.NEVER;
    }
  });
}
