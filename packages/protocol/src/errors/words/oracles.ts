import type { Dictionary } from './words.ts';

/** What oracles and their sources say. */
export const oracleWords: Dictionary = {
  'PriceUnavailable(uint256,address)': {
    title: 'No usable price',
    fault: 'network',
    retryable: true,
    sentence: (say) => `The price of ${say.collateralName('index')} is stale, zero or in dispute.`,
    hint: 'Wait for a new price, or submit a signed one. Repaying, withdrawing, and taking out collateral without a debt need none.',
  },
  'BidAboveAsk(uint256,uint256)': {
    title: 'Bid above ask',
    fault: 'user',
    sentence: (say) => `The bid ${say.count('bid')} is above the ask ${say.count('ask')}.`,
    hint: 'Set a bid of at most the ask.',
  },
  'NotEnoughGas(uint256,uint256)': {
    title: 'Not enough gas for a price',
    fault: 'user',
    retryable: true,
    sentence: (say) =>
      `Reading a price needs ${say.count('expected')} gas, and ${say.count('actual')} was left.`,
    hint: 'Send the transaction with a higher gas limit.',
  },
  'NoSuchSource(uint256,uint256)': {
    title: 'No such price source',
    fault: 'user',
    sentence: (say) =>
      `The submission is for source ${say.count('actual')}, and the oracle has ${say.count('expectedBelow')}.`,
    hint: 'Put the number of the source, 0 or 1, into the first byte.',
  },
  'EmptySubmission()': {
    title: 'Empty price submission',
    fault: 'user',
    sentence: () => 'There is nothing in the submission.',
    hint: 'Submit the number of the source, then its signed reports.',
  },
  'NotSigner(address)': {
    title: 'Price signed by a stranger',
    fault: 'provider',
    sentence: (say) => `${say.address('recovered')} is not among the signers of this price.`,
    hint: 'Fetch the reports from the signers of this source, unaltered.',
  },
  'SignersNotAscending(address,address)': {
    title: 'Price signatures out of order',
    fault: 'provider',
    sentence: (say) =>
      `The signer ${say.address('next')} follows ${say.address('previous')}, and addresses must ascend.`,
    hint: 'Sort the reports by the address of their signer, each once.',
  },
  'ReportCount(uint256,uint256)': {
    title: 'Wrong number of price reports',
    fault: 'provider',
    sentence: (say) => `The source takes ${say.count('expected')} reports, and ${say.count('actual')} came.`,
    hint: 'Submit exactly as many reports as the source asks for.',
  },
  'ReportFromFuture(uint256,uint256)': {
    title: 'Price from the future',
    fault: 'provider',
    retryable: true,
    sentence: (say) =>
      `A report is of ${say.time('actual')}, and at most ${say.time('expectedAtMost')} is accepted.`,
    hint: 'Try again in a moment; the clock of the signer may be ahead.',
  },
  'ReportStale(uint256,uint256)': {
    title: 'Price too old',
    fault: 'provider',
    sentence: (say) =>
      `A report is of ${say.time('actual')}, and at least ${say.time('expectedAtLeast')} is needed.`,
    hint: 'Fetch new reports and send them at once.',
  },
  'PriceOutOfRange(uint256,uint256)': {
    title: 'Price out of range',
    fault: 'provider',
    sentence: (say) =>
      `A report says ${say.count('actual')}, and at most ${say.count('expectedAtMost')} is accepted.`,
    hint: 'Check the feed and its decimals.',
  },
  'SyncTooEarly(uint256,uint256)': {
    title: 'Too early to sync',
    fault: 'user',
    retryable: true,
    sentence: (say) => `The rate of the vault may be synced again at ${say.time('expectedAtLeast')}.`,
    hint: 'Try again then.',
  },
  'VaultNotLive()': {
    title: 'Vault without a rate',
    fault: 'network',
    retryable: true,
    sentence: () => 'The vault does not say what its shares are worth.',
    hint: 'Try again when the vault works.',
  },
};
