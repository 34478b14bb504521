import { z } from 'zod';
import { MillraceError } from '../../errors/millrace-error.ts';
import { REFUSAL_WORDS, type RefusalCode } from './refusal-words.ts';

const CODES = Object.keys(REFUSAL_WORDS) as [RefusalCode, ...RefusalCode[]];

/** What a node answers instead of what was asked for. */
export const refusalSchema = z.object({
  code: z.enum(CODES),
  /** One sentence for people. */
  message: z.string().max(1_000),
  /** When it may be worth asking again. */
  retryAfterMilliseconds: z.number().nonnegative().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * A node’s “no”, on either side of the wire.
 *
 * @example
 * ```ts
 * if (error instanceof RefusalError && error.mayWorkElsewhere) tryTheNextNode()
 * ```
 */
export class RefusalError extends MillraceError {
  override readonly name = 'RefusalError';
  declare readonly code: RefusalCode;
  readonly retryAfterMilliseconds: number | undefined;

  constructor(
    code: RefusalCode,
    shortMessage: string,
    details?: Readonly<Record<string, unknown>>,
    retryAfterMilliseconds?: number,
  ) {
    const { fault, hint, retryable } = REFUSAL_WORDS[code] as (typeof REFUSAL_WORDS)['QUEUE_FULL'];
    super(shortMessage, { code, fault, hint, retryable: retryable === true, details });
    this.retryAfterMilliseconds = retryAfterMilliseconds;
  }

  /** The status of its HTTP answer. */
  get status(): number {
    return REFUSAL_WORDS[this.code].status;
  }

  /** Whether another node may well say yes to the same. */
  get mayWorkElsewhere(): boolean {
    return 'elsewhere' in REFUSAL_WORDS[this.code];
  }

  /** As it travels. */
  toRefusal(): Refusal {
    const { code, shortMessage: message, retryAfterMilliseconds } = this;
    const details = this.details === undefined ? undefined : { ...this.details };
    return { code, message, retryAfterMilliseconds, details };
  }

  /** As it arrived. */
  static from({ code, message, details, retryAfterMilliseconds }: Refusal): RefusalError {
    return new RefusalError(code, message, details, retryAfterMilliseconds);
  }
}
