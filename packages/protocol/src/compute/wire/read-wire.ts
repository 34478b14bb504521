import { z } from 'zod';
import { RefusalError } from './refusal.ts';

/**
 * Checks a message that came over the wire.
 *
 * @throws {@link RefusalError} `REQUEST_INVALID`, whose details list every problem.
 */
export function readWire<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
  throw new RefusalError('REQUEST_INVALID', `This message cannot be read: ${problems.join('; ')}.`, {
    problems,
  });
}

/**
 * Reads JSON text and checks it.
 *
 * @throws {@link RefusalError} `REQUEST_INVALID`
 */
export function readWireText<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  return readWire(schema, parse(text));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusalError('REQUEST_INVALID', 'This message is no JSON.');
  }
}

/** A signed message of this body. */
export function signedOf<S extends z.ZodType>(body: S) {
  return z.object({
    body,
    signature: z.string().regex(/^0x[0-9a-fA-F]{128}$/) as unknown as z.ZodType<`0x${string}`>,
  });
}
