/** An error and what caused it, outermost first. Ends when a chain of causes bites its own tail. */
export function* causesOf(first: unknown): Generator<unknown> {
  const seen = new Set<unknown>();
  for (let error = first; error !== undefined && error !== null && !seen.has(error); ) {
    seen.add(error);
    yield error;
    error = typeof error === 'object' && 'cause' in error ? error.cause : undefined;
  }
}
