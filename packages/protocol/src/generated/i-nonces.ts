// Written by `npm run generate` from contracts/src/interfaces/INonces.sol. Do not edit.

export const iNoncesAbi = [
  {"type":"function","name":"cancelNonces","inputs":[{"name":"word","type":"uint256","internalType":"uint256"},{"name":"mask","type":"uint256","internalType":"uint256"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"noncesOf","inputs":[{"name":"party","type":"address","internalType":"address"},{"name":"word","type":"uint256","internalType":"uint256"}],"outputs":[{"name":"used","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"event","name":"NoncesCancelled","inputs":[{"name":"party","type":"address","indexed":true,"internalType":"address"},{"name":"word","type":"uint256","indexed":true,"internalType":"uint256"},{"name":"mask","type":"uint256","indexed":false,"internalType":"uint256"}],"anonymous":false},
  {"type":"error","name":"NonceUsed","inputs":[{"name":"party","type":"address","internalType":"address"},{"name":"nonce","type":"uint256","internalType":"uint256"}]},
] as const;
