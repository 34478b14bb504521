// Written by `npm run generate` from contracts/src/interfaces/IMarketCallbacks.sol. Do not edit.

export const iSupplyCallbackAbi = [
  {"type":"function","name":"onSupply","inputs":[{"name":"assets","type":"uint256","internalType":"uint256"},{"name":"data","type":"bytes","internalType":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
] as const;
