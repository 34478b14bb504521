import { MillraceError } from './millrace-error.ts';

/** Something that no words were written for. Its cause says what. */
export class UnexpectedError extends MillraceError {
  override readonly name = 'UnexpectedError';

  constructor(cause: unknown) {
    super(firstLine(cause), {
      code: 'UNEXPECTED',
      fault: 'protocol',
      hint: 'If it happens again, report it with what you did before.',
      cause,
    });
  }
}

function firstLine(cause: unknown): string {
  const short = typeof cause === 'object' && cause !== null && 'shortMessage' in cause && cause.shortMessage;
  const text = short || (cause instanceof Error ? cause.message : String(cause));
  return String(text).split('\n')[0] || 'Something unexpected happened.';
}
