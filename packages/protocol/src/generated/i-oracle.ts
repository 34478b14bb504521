// Written by `npm run generate` from contracts/src/interfaces/IOracle.sol. Do not edit.

export const iOracleAbi = [
  {"type":"function","name":"quote","inputs":[],"outputs":[{"name":"bid","type":"uint256","internalType":"uint256"},{"name":"ask","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
] as const;
