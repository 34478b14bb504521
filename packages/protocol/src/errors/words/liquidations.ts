import type { Dictionary } from './words.ts';

/** What liquidators and keepers are told. */
export const liquidationWords: Dictionary = {
  'Healthy(uint256,uint256)': {
    title: 'Position is healthy',
    fault: 'user',
    sentence: (say) =>
      `The debt is ${say.asset('debt')}, and liquidation starts above ${say.asset('capacity', 'debt')}.`,
    hint: 'Try again when its health is below 1.',
  },
  'WouldWorsen(uint256)': {
    title: 'Seizing this would lower the health',
    fault: 'user',
    sentence: (say) =>
      `Seizing ${say.collateralName('index')} would leave the position worse off, or it holds none.`,
    hint: 'Seize another collateral of the position.',
  },
  'CloseOutOnly(uint256,uint256)': {
    title: 'Close-out only',
    fault: 'user',
    sentence: (say) =>
      `The collateral no longer carries the debt: it is sold as a whole for ${say.asset('needed', 'debt')}, and ${say.asset('offered')} was offered.`,
    hint: 'Offer at least that much; all collateral of the position comes with it.',
  },
  'NothingToRebalance(uint256,uint256)': {
    title: 'Nothing to rebalance',
    fault: 'user',
    sentence: (say) =>
      `The first till holds ${say.count('from')} base units and the second ${say.count('to')}: tokens move from the fuller to the emptier one only.`,
    hint: 'Swap the two tills, or leave them as they are.',
  },
  'InsufficientGas(uint256,uint256)': {
    title: 'Not enough gas for the rate model',
    fault: 'user',
    retryable: true,
    sentence: (say) =>
      `A checkpoint needs ${say.count('needed')} gas for the rate model, and ${say.count('left')} was left.`,
    hint: 'Send the transaction with a higher gas limit.',
  },
  'Reentered()': {
    title: 'Called in the middle of a call',
    fault: 'user',
    sentence: () => 'The contract was called again before an operation on it had ended.',
    hint: 'Do not call it from within a transfer of tokens or another contract’s callback.',
  },
  'BadCallback(address)': {
    title: 'Flash loan not accepted',
    fault: 'user',
    sentence: (say) => `${say.address('receiver')} did not answer the flash loan as ERC-3156 asks.`,
    hint: 'Return keccak256("ERC3156FlashBorrower.onFlashLoan") from onFlashLoan.',
  },
  'UnknownLender(address,address)': {
    title: 'Loan from a stranger',
    fault: 'user',
    sentence: (say) =>
      `The borrower expects loans from ${say.address('expected')}, not from ${say.address('actual')}.`,
    hint: 'Use the market that the borrower was made for.',
  },
};
