import type { Dictionary } from './words.ts';

/** What requesters and nodes are told about jobs, bonds, receipts and profiles. */
export const jobWords: Dictionary = {
  'NonceUsed(address,uint256)': {
    title: 'Order or bid used up',
    fault: 'user',
    sentence: (say) => `Nonce ${say.raw('nonce')} of ${say.address('party')} was used or cancelled before.`,
    hint: 'Sign again with a nonce that is free.',
  },
  'WrongOrder(bytes32,bytes32)': {
    title: 'Bid for another order',
    fault: 'user',
    sentence: () => 'The bid was made for another order than this one.',
    hint: 'Match the bid with the order that it names.',
  },
  'WrongNode(address,address)': {
    title: 'Order is for another node',
    fault: 'user',
    sentence: (say) =>
      `The order is for ${say.address('expected')}, and the bid is of ${say.address('node')}.`,
    hint: 'Match it with a bid of that node, or sign an order that is open to anybody.',
  },
  'PriceTooHigh(uint256,uint256)': {
    title: 'Price above the order’s cap',
    fault: 'user',
    sentence: (say) =>
      `The bid is ${say.count('price')} base units, and the order pays ${say.count('most')} at most.`,
    hint: 'Take another bid, or sign an order with a higher cap.',
  },
  'UnknownLane(uint256,uint256)': {
    title: 'No such lane',
    fault: 'user',
    sentence: (say) => `Lanes are numbered from 0 to below ${say.count('count')}, not ${say.count('lane')}.`,
    hint: 'Use a lane that the payee named.',
  },
  'DurationTooLong(uint256,uint256)': {
    title: 'Job takes too long',
    fault: 'user',
    sentence: (say) => `At most ${say.duration('most')} are possible, not ${say.duration('duration')}.`,
    hint: 'Shorten it, or pay longer work through a channel.',
  },
  'BondTooSmall(uint256,uint256)': {
    title: 'Bond too small',
    fault: 'provider',
    sentence: (say) =>
      `The order asks for a bond of ${say.count('least')} base units, and the node has locked ${say.count('locked')} for this class.`,
    hint: 'Take another node, or ask for a smaller bond.',
  },
  'WrongState(uint8,uint8)': {
    title: 'Job is not at this point',
    fault: 'user',
    sentence: (say) => `The job is ${stateOf(say.count('state'))}, not ${stateOf(say.count('expected'))}.`,
    hint: 'Check the terms of the job, and look at what it stands at now.',
  },
  'NotNode(address,address)': {
    title: 'Not the node of this job',
    fault: 'user',
    sentence: (say) => `The job is of ${say.address('node')}, not of ${say.address('caller')}.`,
    hint: 'Act from the node’s account.',
  },
  'NotRequester(address,address)': {
    title: 'Not the requester of this job',
    fault: 'user',
    sentence: (say) => `The job was ordered by ${say.address('requester')}, not by ${say.address('caller')}.`,
    hint: 'Act from the requester’s account.',
  },
  'InsufficientStake(uint256,uint256)': {
    title: 'Not enough free stake',
    fault: 'user',
    sentence: (say) =>
      `This needs ${say.count('needed')} base units of free stake, and there are ${say.count('free')}.`,
    hint: 'Stake more, or wait until what is unlocking is free.',
  },
  'InsufficientLock(uint256,uint256)': {
    title: 'Not that much locked',
    fault: 'user',
    sentence: (say) =>
      `This needs ${say.count('needed')} base units locked for the class, and there are ${say.count('locked')}.`,
    hint: 'Unlock at most what is locked.',
  },
  'NotCourt(address,address)': {
    title: 'Not the court',
    fault: 'user',
    sentence: (say) => `The court of this bond is ${say.address('court')}, not ${say.address('caller')}.`,
    hint: 'Only the court slashes, by its own rules.',
  },
  'NothingLeaving(address,bytes32)': {
    title: 'Nothing is unlocking',
    fault: 'user',
    sentence: (say) => `Nothing of ${say.address('node')} is unlocking for this class of jobs.`,
    hint: 'Start to unlock first.',
  },
  'UnbondingTooShort(uint256,uint256)': {
    title: 'Unbonding too short',
    fault: 'user',
    sentence: (say) => `Unbonding takes at least ${say.duration('least')}, not ${say.duration('unbonding')}.`,
    hint: 'Choose a longer time: a bond must outlast every challenge.',
  },
  'UnbondingTooLong(uint256,uint256)': {
    title: 'Unbonding too long',
    fault: 'user',
    sentence: (say) => `Unbonding takes at most ${say.duration('most')}, not ${say.duration('unbonding')}.`,
    hint: 'Choose a shorter time.',
  },
  'AlreadyAnchored(address,uint256)': {
    title: 'Epoch already anchored',
    fault: 'user',
    sentence: (say) => `${say.address('node')} has anchored epoch ${say.count('epoch')} before.`,
    hint: 'A root cannot be replaced; anchor the next epoch.',
  },
  'EpochNotOver(uint256,uint256)': {
    title: 'Epoch is not over',
    fault: 'user',
    retryable: true,
    sentence: (say) => `The epoch ends at ${say.time('over')}, and it is ${say.time('time')}.`,
    hint: 'Anchor it after that.',
  },
  'EmptyRoot()': {
    title: 'No root',
    fault: 'user',
    sentence: () => 'The root is zero.',
    hint: 'Give the Merkle root of the receipts of the epoch.',
  },
  'EndpointTooLong(uint256,uint256)': {
    title: 'Endpoint too long',
    fault: 'user',
    sentence: (say) => `An endpoint has at most ${say.count('most')} bytes, not ${say.count('length')}.`,
    hint: 'Use a shorter URL.',
  },
  'EmptyEndpoint()': {
    title: 'No endpoint',
    fault: 'user',
    sentence: () => 'A profile needs a URL where the node answers.',
    hint: 'Give the endpoint; to leave the registry, retire.',
  },
  'EmptyKey()': {
    title: 'No session key',
    fault: 'user',
    sentence: () => 'The session key is zero.',
    hint: 'Give the 32 bytes of the ed25519 public key; to end a session, revoke.',
  },
  'CertificateOutdated(uint256,uint256)': {
    title: 'Certificate outdated',
    fault: 'user',
    sentence: (say) =>
      `This certificate is of ${say.time('issuedAt')}, and a decision of ${say.time('latest')} replaced it.`,
    hint: 'Issue a new certificate.',
  },
  'CertificateFromFuture(uint256,uint256)': {
    title: 'Certificate from the future',
    fault: 'user',
    retryable: true,
    sentence: (say) =>
      `This certificate is issued at ${say.time('issuedAt')}, and it is ${say.time('time')}.`,
    hint: 'Check the clock of the machine that signs.',
  },
  'CertificateExpired(uint256,uint256)': {
    title: 'Certificate expired',
    fault: 'user',
    sentence: (say) => `It was good until ${say.time('expiry')}, and it is ${say.time('time')}.`,
    hint: 'Issue a new certificate.',
  },
  'CertificateTooLong(uint256,uint256)': {
    title: 'Certificate too long',
    fault: 'user',
    sentence: (say) =>
      `A session key lives at most ${say.duration('most')}, not ${say.duration('duration')}.`,
    hint: 'Choose an earlier expiry.',
  },
};

function stateOf(state: string): string {
  return { '0': 'unknown or settled', '1': 'open', '2': 'submitted' }[state] ?? `in state ${state}`;
}
