// Written by `npm run generate` from contracts/src/interfaces/IReceipts.sol. Do not edit.

export const iReceiptsAbi = [
  {"type":"function","name":"anchor","inputs":[{"name":"epoch","type":"uint256","internalType":"uint256"},{"name":"root","type":"bytes32","internalType":"bytes32"},{"name":"count","type":"uint256","internalType":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"anchorBySig","inputs":[{"name":"node","type":"address","internalType":"address"},{"name":"epoch","type":"uint256","internalType":"uint256"},{"name":"root","type":"bytes32","internalType":"bytes32"},{"name":"count","type":"uint256","internalType":"uint256"},{"name":"signature","type":"bytes","internalType":"bytes"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"anchorOf","inputs":[{"name":"node","type":"address","internalType":"address"},{"name":"epoch","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"","type":"tuple","internalType":"struct Anchor","components":[{"name":"root","type":"bytes32","internalType":"bytes32"},{"name":"blockNumber","type":"uint64","internalType":"uint64"},{"name":"time","type":"uint64","internalType":"uint64"},{"name":"count","type":"uint128","internalType":"uint128"}]}],"stateMutability":"view"},
  {"type":"function","name":"currentEpoch","inputs":[],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"includes","inputs":[{"name":"node","type":"address","internalType":"address"},{"name":"epoch","type":"uint256","internalType":"uint256"},{"name":"receipt","type":"bytes32","internalType":"bytes32"},{"name":"proof","type":"bytes32[]","internalType":"bytes32[]"}],"outputs":[{"name":"","type":"bool","internalType":"bool"}],"stateMutability":"view"},
  {"type":"event","name":"ReceiptsAnchored","inputs":[{"name":"node","type":"address","indexed":true,"internalType":"address"},{"name":"epoch","type":"uint256","indexed":true,"internalType":"uint256"},{"name":"root","type":"bytes32","indexed":false,"internalType":"bytes32"},{"name":"count","type":"uint256","indexed":false,"internalType":"uint256"}],"anonymous":false},
  {"type":"error","name":"AlreadyAnchored","inputs":[{"name":"node","type":"address","internalType":"address"},{"name":"epoch","type":"uint256","internalType":"uint256"}]},
  {"type":"error","name":"AmountTooLarge","inputs":[{"name":"most","type":"uint256","internalType":"uint256"},{"name":"amount","type":"uint256","internalType":"uint256"}]},
  {"type":"error","name":"BadSignature","inputs":[{"name":"owner","type":"address","internalType":"address"}]},
  {"type":"error","name":"EmptyRoot","inputs":[]},
  {"type":"error","name":"EpochNotOver","inputs":[{"name":"over","type":"uint256","internalType":"uint256"},{"name":"time","type":"uint256","internalType":"uint256"}]},
] as const;
