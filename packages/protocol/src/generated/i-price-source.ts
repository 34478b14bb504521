// Written by `npm run generate` from contracts/src/interfaces/IPriceSource.sol. Do not edit.

export const iPriceSourceAbi = [
  {"type":"function","name":"read","inputs":[],"outputs":[{"name":"price","type":"uint256","internalType":"uint256"},{"name":"live","type":"bool","internalType":"bool"}],"stateMutability":"view"},
] as const;
