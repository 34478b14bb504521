// Written by `npm run generate` from contracts/src/interfaces/IGuardian.sol. Do not edit.

export const iPausableAbi = [
  {"type":"function","name":"pause","inputs":[{"name":"duration","type":"uint256","internalType":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"unpause","inputs":[],"outputs":[],"stateMutability":"nonpayable"},
] as const;
