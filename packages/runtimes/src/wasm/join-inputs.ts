/** The inputs of a job as a module sees them: one after the other. A single one is not copied. */
export function joinInputs(inputs: readonly Uint8Array[]): Uint8Array {
  const [only] = inputs;
  if (inputs.length === 1 && only) return only;
  const joined = new Uint8Array(inputs.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const input of inputs) {
    joined.set(input, at);
    at += input.length;
  }
  return joined;
}
