// Written by `npm run generate` from contracts/src/interfaces/IERC3156.sol. Do not edit.

export const ierc3156FlashBorrowerAbi = [
  {"type":"function","name":"onFlashLoan","inputs":[{"name":"initiator","type":"address","internalType":"address"},{"name":"token","type":"address","internalType":"address"},{"name":"amount","type":"uint256","internalType":"uint256"},{"name":"fee","type":"uint256","internalType":"uint256"},{"name":"data","type":"bytes","internalType":"bytes"}],"outputs":[{"name":"","type":"bytes32","internalType":"bytes32"}],"stateMutability":"nonpayable"},
] as const;
