import { z } from 'zod';
import type { SerializedMillraceError } from '../../errors/millrace-error.ts';

/** A failure as plain data, as `MillraceError.toJSON` writes it. */
export const serializedErrorSchema: z.ZodType<SerializedMillraceError> = z.object({
  name: z.string().max(64),
  code: z.string().max(64),
  fault: z.enum(['user', 'provider', 'network', 'protocol']),
  retryable: z.boolean(),
  shortMessage: z.string().max(2_000),
  hint: z.string().max(2_000).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  cause: z.any().optional(),
}) as unknown as z.ZodType<SerializedMillraceError>;
