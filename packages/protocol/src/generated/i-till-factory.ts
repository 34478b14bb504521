// Written by `npm run generate` from contracts/src/market/Till.sol. Do not edit.

export const iTillFactoryAbi = [
  {"type":"function","name":"open","inputs":[{"name":"market","type":"address","internalType":"address"},{"name":"j","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"till","type":"address","internalType":"address"}],"stateMutability":"nonpayable"},
  {"type":"function","name":"opening","inputs":[],"outputs":[{"name":"market","type":"address","internalType":"address"}],"stateMutability":"view"},
  {"type":"function","name":"tillCodeHash","inputs":[],"outputs":[{"name":"","type":"bytes32","internalType":"bytes32"}],"stateMutability":"view"},
] as const;
