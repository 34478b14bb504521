import type { Dictionary } from './words.ts';

const CHECK_APPROVAL = 'Check that the account holds the amount and has approved the market for it.';

/** What tokens, and the libraries that move them, say. */
export const tokenWords: Dictionary = {
  'TokenMisbehaved(address,uint256,uint256)': {
    title: 'Token moved another amount',
    fault: 'protocol',
    sentence: (say) =>
      `After the transfer of ${say.tokenName('token')} the till should hold ${say.token('expected', 'token')}, and it holds ${say.token('received', 'token')}.`,
    hint: 'Tokens that take a fee on transfer or change balances by themselves cannot be used here.',
  },
  'ERC20InsufficientBalance(address,uint256,uint256)': {
    title: 'Not enough tokens',
    fault: 'user',
    sentence: (say) =>
      `${say.address('sender')} holds ${say.count('balance')} base units of the token and needs ${say.count('needed')}.`,
    hint: 'Get more of the token, or use a smaller amount.',
  },
  'ERC20InsufficientAllowance(address,uint256,uint256)': {
    title: 'Tokens not approved',
    fault: 'user',
    sentence: (say) =>
      `${say.address('spender')} may move ${say.count('allowance')} base units of the token and needs ${say.count('needed')}.`,
    hint: 'Approve the amount first.',
  },
  'ERC20InvalidApprover(address)': {
    title: 'Invalid approver',
    fault: 'user',
    sentence: (say) => `${say.address('approver')} cannot approve tokens.`,
    hint: 'Approve from the account that holds the tokens.',
  },
  'ERC20InvalidReceiver(address)': {
    title: 'Invalid receiver',
    fault: 'user',
    sentence: (say) => `The token cannot be sent to ${say.address('receiver')}.`,
    hint: 'Name another receiver.',
  },
  'ERC20InvalidSender(address)': {
    title: 'Invalid sender',
    fault: 'user',
    sentence: (say) => `The token cannot be sent from ${say.address('sender')}.`,
    hint: 'Send from the account that holds the tokens.',
  },
  'ERC20InvalidSpender(address)': {
    title: 'Invalid spender',
    fault: 'user',
    sentence: (say) => `${say.address('spender')} cannot be approved.`,
    hint: 'Approve the market that is to be used.',
  },
  'ERC2612ExpiredSignature(uint256)': {
    title: 'Permit expired',
    fault: 'user',
    sentence: (say) => `The permit was good until ${say.time('deadline')}.`,
    hint: 'Sign again with a later deadline.',
  },
  'ERC2612InvalidSigner(address,address)': {
    title: 'Wrong signature',
    fault: 'user',
    sentence: (say) => `The permit was signed by ${say.address('signer')}, not by ${say.address('owner')}.`,
    hint: 'Sign again with the owner’s account and its next nonce.',
  },
  'SafeERC20FailedOperation(address)': {
    title: 'Token refused',
    fault: 'user',
    sentence: (say) => `The token ${say.tokenName('token')} did not do as it was told.`,
    hint: CHECK_APPROVAL,
  },
  'TransferFromFailed()': {
    title: 'Tokens could not be collected',
    fault: 'user',
    sentence: () => 'The token could not be taken from the account that pays.',
    hint: CHECK_APPROVAL,
  },
  'TransferFailed()': {
    title: 'Tokens could not be sent',
    fault: 'protocol',
    sentence: () => 'The token could not be sent.',
    hint: 'The token may be paused, or block the receiver. Try another receiver.',
  },
  'ApproveFailed()': {
    title: 'Till could not approve',
    fault: 'protocol',
    sentence: () => 'A till could not let the market move its tokens.',
    hint: 'The token may be paused. Try again later, or name another till.',
  },
};
