import type { Dictionary } from './words.ts';

/** What somebody is told whom a market does not let in, and who lacks a right. */
export const refusalWords: Dictionary = {
  'Paused(uint256)': {
    title: 'Market paused',
    fault: 'protocol',
    retryable: true,
    sentence: (say) => `The guardian stopped new supply and borrowing until ${say.time('until')}.`,
    hint: 'Try again after that. Withdrawing, repaying and taking collateral out work all the time.',
  },
  'SupplyClosed(uint256,uint256)': {
    title: 'Supply closed for ever',
    fault: 'protocol',
    sentence: () =>
      'Losses brought the price of a share below a thousandth, so this market takes no new supply.',
    hint: 'Use another market. What is in this one can be withdrawn.',
  },
  'GateRefused(address,uint256)': {
    title: 'Refused by the gate',
    fault: 'user',
    sentence: (say) =>
      `The gate of this market does not let ${say.address('account')} ${say.action('action')}.`,
    hint: 'Ask whoever keeps the list of this market, or use an open market. Exits are never gated.',
  },
  'NotAuthorised(address,address,uint256)': {
    title: 'Not authorised',
    fault: 'user',
    sentence: (say) => `${say.address('caller')} may not ${say.scope('scope')} for ${say.address('owner')}.`,
    hint: 'Act from the owner’s account, or let the owner grant the scope with setOperator; a grant may have expired.',
  },
  'NotGuardian(address,address)': {
    title: 'Not the guardian',
    fault: 'user',
    sentence: (say) =>
      `The guardian of this market is ${say.address('guardian')}, not ${say.address('caller')}.`,
    hint: 'Act from the guardian’s account.',
  },
  'NotGuardian(address)': {
    title: 'Not a guardian',
    fault: 'user',
    sentence: (say) => `${say.address('caller')} is not in this set of guardians.`,
    hint: 'Act from a guardian’s account.',
  },
  'PauseTooLong(uint256,uint256)': {
    title: 'Pause too long',
    fault: 'user',
    sentence: (say) => `A pause lasts at most ${say.duration('most')}, not ${say.duration('duration')}.`,
    hint: 'Choose a shorter one.',
  },
  'PauseCoolingDown(uint256)': {
    title: 'Pause used up',
    fault: 'protocol',
    retryable: true,
    sentence: (say) => `This market cannot be paused again before ${say.time('until')}.`,
    hint: 'Try again after that: users must be able to act between two pauses.',
  },
  'BadSignature(address)': {
    title: 'Wrong signature',
    fault: 'user',
    sentence: (say) => `The signature is not one of ${say.address('owner')} over these terms.`,
    hint: 'Sign again with that account and a fresh nonce, for this chain and this contract.',
  },
  'SignatureExpired(uint256)': {
    title: 'Signature expired',
    fault: 'user',
    sentence: (say) => `The signature was good until ${say.time('deadline')}.`,
    hint: 'Sign again with a later deadline.',
  },
  'OwnableUnauthorizedAccount(address)': {
    title: 'Not the owner',
    fault: 'user',
    sentence: (say) => `${say.address('account')} does not own this contract.`,
    hint: 'Act from the owner’s account.',
  },
  'OwnableInvalidOwner(address)': {
    title: 'Invalid owner',
    fault: 'user',
    sentence: (say) => `${say.address('owner')} cannot own this contract.`,
    hint: 'Name another account.',
  },
};
