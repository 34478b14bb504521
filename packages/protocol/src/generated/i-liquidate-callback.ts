// Written by `npm run generate` from contracts/src/interfaces/IMarketCallbacks.sol. Do not edit.

export const iLiquidateCallbackAbi = [
  {"type":"function","name":"onLiquidate","inputs":[{"name":"repaid","type":"uint256","internalType":"uint256"},{"name":"seized","type":"uint256","internalType":"uint256"},{"name":"data","type":"bytes","internalType":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
] as const;
