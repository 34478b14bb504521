import { type ErrorContext, toMillraceError } from '@millrace/protocol';

/** Runs, and turns whatever is thrown into an error with words. */
export async function decoding<T>(run: () => Promise<T>, context: ErrorContext = {}): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toMillraceError(error, context);
  }
}
