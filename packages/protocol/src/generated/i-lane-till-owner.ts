// Written by `npm run generate` from contracts/src/compute/LaneTill.sol. Do not edit.

export const iLaneTillOwnerAbi = [
  {"type":"function","name":"openingToken","inputs":[],"outputs":[{"name":"token","type":"address","internalType":"address"}],"stateMutability":"view"},
] as const;
