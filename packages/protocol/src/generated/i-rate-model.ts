// Written by `npm run generate` from contracts/src/interfaces/IRateModel.sol. Do not edit.

export const iRateModelAbi = [
  {"type":"function","name":"nextRate","inputs":[{"name":"utilisation","type":"uint256","internalType":"uint256"},{"name":"rate","type":"uint256","internalType":"uint256"},{"name":"elapsed","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"nonpayable"},
] as const;
