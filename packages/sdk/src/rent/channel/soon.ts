/** Runs something when this turn is over. A timer waits for a millisecond at least; where there is better, it is taken. */
export function soon(run: () => void): void {
  if (globalThis.setImmediate === undefined) setTimeout(run);
  else globalThis.setImmediate(run);
}
