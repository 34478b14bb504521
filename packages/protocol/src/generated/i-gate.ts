// Written by `npm run generate` from contracts/src/interfaces/IGate.sol. Do not edit.

export const iGateAbi = [
  {"type":"function","name":"allows","inputs":[{"name":"account","type":"address","internalType":"address"},{"name":"action","type":"uint8","internalType":"enum Action"}],"outputs":[{"name":"","type":"bool","internalType":"bool"}],"stateMutability":"view"},
] as const;
