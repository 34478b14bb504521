// Written by `npm run generate` from contracts/src/interfaces/IGuardian.sol. Do not edit.

export const iGuardianAbi = [
  {"type":"function","name":"approvals","inputs":[{"name":"market","type":"address","internalType":"address"}],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"guardianCount","inputs":[],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"isGuardian","inputs":[{"name":"account","type":"address","internalType":"address"}],"outputs":[{"name":"","type":"bool","internalType":"bool"}],"stateMutability":"view"},
  {"type":"function","name":"pause","inputs":[{"name":"market","type":"address","internalType":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"function","name":"pauseDuration","inputs":[],"outputs":[{"name":"","type":"uint256","internalType":"uint256"}],"stateMutability":"view"},
  {"type":"function","name":"unpause","inputs":[{"name":"market","type":"address","internalType":"address"}],"outputs":[],"stateMutability":"nonpayable"},
  {"type":"event","name":"MarketPaused","inputs":[{"name":"market","type":"address","indexed":true,"internalType":"address"},{"name":"guardian","type":"address","indexed":true,"internalType":"address"},{"name":"duration","type":"uint256","indexed":false,"internalType":"uint256"}],"anonymous":false},
  {"type":"event","name":"MarketUnpaused","inputs":[{"name":"market","type":"address","indexed":true,"internalType":"address"}],"anonymous":false},
  {"type":"event","name":"UnpauseApproved","inputs":[{"name":"market","type":"address","indexed":true,"internalType":"address"},{"name":"guardian","type":"address","indexed":true,"internalType":"address"},{"name":"missing","type":"uint256","indexed":false,"internalType":"uint256"}],"anonymous":false},
  {"type":"error","name":"GuardianCount","inputs":[{"name":"expected","type":"uint256","internalType":"uint256"},{"name":"actual","type":"uint256","internalType":"uint256"}]},
  {"type":"error","name":"GuardiansNotAscending","inputs":[{"name":"previous","type":"address","internalType":"address"},{"name":"next","type":"address","internalType":"address"}]},
  {"type":"error","name":"NotGuardian","inputs":[{"name":"caller","type":"address","internalType":"address"}]},
  {"type":"error","name":"PauseDuration","inputs":[{"name":"expected","type":"uint256","internalType":"uint256"},{"name":"actual","type":"uint256","internalType":"uint256"}]},
] as const;
