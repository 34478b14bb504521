// Written by `npm run generate` from contracts/src/market/Till.sol. Do not edit.

export const iTillOwnerAbi = [
  {"type":"function","name":"tillTokens","inputs":[],"outputs":[{"name":"","type":"address[]","internalType":"address[]"}],"stateMutability":"view"},
] as const;
