import { ParallelError } from '../../errors.ts';

const FOUNDRY =
  'extra_output = ["storageLayout"] in foundry.toml, or `forge build --extra-output storageLayout`';
const SOLC =
  'outputSelection: {"*": {"*": ["storageLayout", "evm.deployedBytecode"]}} in the settings of solc or Hardhat';

/** What to do about contradictions. */
export const BROKEN = 'The file is damaged or of another kind: build again.';

/** A layout that cannot be read: says what is missing and how to get it. */
export function badLayout(
  what: string,
  hint = `Ask the compiler for it: ${FOUNDRY}; ${SOLC}.`,
): ParallelError {
  return new ParallelError(what, { code: 'BAD_LAYOUT', fault: 'user', hint });
}
