// Written by `npm run generate` from contracts/src/interfaces/IOracle.sol. Do not edit.

export const iPullOracleAbi = [
  {"type":"function","name":"quote","inputs":[],"outputs":[{"name":"bid","type":"uint256","internalType":"uint256"},{"name":"ask","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"submit","inputs":[{"name":"data","type":"bytes","internalType":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
] as const;
