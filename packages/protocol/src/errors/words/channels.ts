import type { Dictionary } from './words.ts';

/** What payers and payees of channels are told, and whoever collects. */
export const channelWords: Dictionary = {
  'UnknownChannel(bytes32)': {
    title: 'No such channel',
    fault: 'user',
    sentence: () => 'No channel was ever opened with these parties, this token and this salt.',
    hint: 'Check payer, payee, token, salt and chain, or open the channel.',
  },
  'ChannelExists(bytes32)': {
    title: 'Channel exists',
    fault: 'user',
    sentence: () => 'A channel with these parties, this token and this salt was opened before.',
    hint: 'Top it up, or open another one with another salt. A closed channel never opens again.',
  },
  'ChannelIsClosing(uint256)': {
    title: 'Channel is closing',
    fault: 'user',
    sentence: (say) => `The channel is being closed, at the earliest at ${say.time('closesAt')}.`,
    hint: 'Redeem what was signed before that; open another channel to go on.',
  },
  'ChannelIsClosed(bytes32)': {
    title: 'Channel is closed',
    fault: 'user',
    sentence: () => 'The channel was closed, and what was left went back to its payer.',
    hint: 'Open another channel.',
  },
  'NotParty(address,address,address)': {
    title: 'Not a party to the channel',
    fault: 'user',
    sentence: (say) =>
      `Payer is ${say.address('payer')} and payee ${say.address('payee')}; ${say.address('caller')} may not do this.`,
    hint: 'Act from the account of the payer or, to close, of the payee.',
  },
  'NothingDue(uint256,uint256)': {
    title: 'Nothing to pay',
    fault: 'user',
    sentence: (say) =>
      `The voucher is for ${say.count('total')} base units in total, and ${say.count('paid')} were paid before, or the deposit is used up.`,
    hint: 'Redeem a newer voucher, or ask the payer to top the channel up.',
  },
  'NothingDueInBatch(uint256)': {
    title: 'Nothing to pay',
    fault: 'user',
    sentence: (say) => `None of the ${say.count('vouchers')} vouchers pays anything.`,
    hint: 'They may have been redeemed already. Redeem one of them alone to learn why.',
  },
  'StreamTooFar(uint256,uint256)': {
    title: 'Stream ends too late',
    fault: 'user',
    retryable: true,
    sentence: (say) =>
      `The stream runs until ${say.time('until')}, and only one that ends by ${say.time('most')} can hold a closing channel open.`,
    hint: 'Redeem it again later, or a voucher in its place.',
  },
  'BadWindow(uint256,uint256,uint256)': {
    title: 'Window out of range',
    fault: 'user',
    sentence: (say) =>
      `The challenge window is ${say.duration('window')}; it must be from ${say.duration('least')} to ${say.duration('most')}.`,
    hint: 'Choose another window.',
  },
  'TooEarly(uint256,uint256)': {
    title: 'Too early',
    fault: 'user',
    retryable: true,
    sentence: (say) =>
      `This is possible from ${say.time('from')} at the earliest, and it is ${say.time('time')}.`,
    hint: 'Wait until then. For an open channel the wait starts when its payer closes it.',
  },
  'TooLate(uint256,uint256)': {
    title: 'Too late',
    fault: 'user',
    sentence: (say) => `This was possible until ${say.time('until')}, and it is ${say.time('time')}.`,
    hint: 'Look at what the job stands at now; another exit is open.',
  },
  'NothingToCollect(address)': {
    title: 'Nothing to collect',
    fault: 'user',
    sentence: (say) => `${say.address('holder')} has no credit in this lane.`,
    hint: 'Redeem a voucher first, or name another lane.',
  },
  'BadReceiver(address)': {
    title: 'Cannot be sent there',
    fault: 'user',
    sentence: (say) =>
      `Money cannot be sent to ${say.address('receiver')}: it is nobody, or the till itself.`,
    hint: 'Name another receiver.',
  },
};
