import type { Dictionary } from './words.ts';

/** What lenders and borrowers are told. */
export const operationWords: Dictionary = {
  'ZeroAmount()': {
    title: 'Nothing to do',
    fault: 'user',
    sentence: () => 'The amount is zero.',
    hint: 'Give an amount above zero.',
  },
  'ZeroAddress()': {
    title: 'No address',
    fault: 'user',
    sentence: () => 'The account named is the zero address.',
    hint: 'Name the account that is meant.',
  },
  'AmountTooSmall(uint256)': {
    title: 'Amount too small',
    fault: 'user',
    sentence: (say) => `${say.asset('assets')} is too little to change anything after rounding.`,
    hint: 'Use a larger amount.',
  },
  'AmountTooLarge(uint256,uint256)': {
    title: 'Amount too large',
    fault: 'user',
    sentence: (say) =>
      `The amount ${say.count('amount')} is above ${say.count('most')}, the most the books can hold.`,
    hint: 'Use a smaller amount.',
  },
  'InsufficientShares(uint256,uint256)': {
    title: 'Not enough shares',
    fault: 'user',
    sentence: (say) =>
      `This needs ${say.count('needed')} shares, and the account holds ${say.count('balance')}.`,
    hint: 'Withdraw at most what the account has supplied; to empty it, redeem all of its shares.',
  },
  'InsufficientAllowance(uint256,uint256)': {
    title: 'Shares not approved',
    fault: 'user',
    sentence: (say) =>
      `This needs an allowance of ${say.count('needed')} shares, and there is one of ${say.count('allowance')}.`,
    hint: 'Ask the owner to approve the shares, or to make the caller an operator with WITHDRAW scope.',
  },
  'InsufficientCollateral(uint256,uint256)': {
    title: 'Not enough collateral',
    fault: 'user',
    sentence: (say) =>
      `This needs ${say.count('needed')} base units of collateral, and the position holds ${say.count('held')}.`,
    hint: 'Withdraw at most what the position holds.',
  },
  'TillsDry(address,uint256,uint256)': {
    title: 'Not enough cash in the market',
    fault: 'network',
    retryable: true,
    sentence: (say) =>
      `This needs ${say.token('needed', 'token', 'debt')}, and the market has ${say.token('available', 'token')} at hand; the rest is lent out.`,
    hint: 'Take a smaller amount now, or wait: a rising rate brings repayments and new supply.',
  },
  'CapExceeded(uint256,uint256,uint256)': {
    title: 'Collateral cap reached',
    fault: 'user',
    sentence: (say) =>
      `One till accepts ${say.collateral('most', 'index')}, and would hold ${say.collateral('held', 'index', 'debt')}.`,
    hint: 'Name several tills in the route, or deposit less: every till accepts an equal part of the cap.',
  },
  'DebtTooSmall(uint256,uint256)': {
    title: 'Debt too small',
    fault: 'user',
    sentence: (say) =>
      `A debt must be at least ${say.asset('least', 'debt')}, and this would leave ${say.asset('debt')}.`,
    hint: 'Borrow more at once.',
  },
  'NoDebt(address)': {
    title: 'No debt',
    fault: 'user',
    sentence: (say) => `${say.address('owner')} owes nothing in this market.`,
    hint: 'Check the account and the market.',
  },
  'Unhealthy(uint256,uint256)': {
    title: 'Not enough collateral for this debt',
    fault: 'user',
    sentence: (say) =>
      `The debt would be ${say.asset('debt', 'debt')}, and the collateral carries ${say.asset('capacity')}.`,
    hint: 'Add collateral, or take less.',
  },
  'NewCollateralKind(uint256,address,address)': {
    title: 'New kind of collateral',
    fault: 'user',
    sentence: (say) =>
      `${say.address('owner')} holds no ${say.collateralName('index')} here, and only that account or its operator may begin to.`,
    hint: 'Let the owner add the first of it, or ask for COLLATERAL scope.',
  },
  'UnknownCollateral(uint256,uint256)': {
    title: 'No such collateral',
    fault: 'user',
    sentence: (say) =>
      `There is no collateral ${say.count('index')}: the market has ${say.count('count')}, numbered from 0.`,
    hint: 'List the collaterals of the market.',
  },
  'UnknownTill(uint256,uint256)': {
    title: 'No such till',
    fault: 'user',
    sentence: (say) =>
      `There is no till ${say.count('till')}: the market has ${say.count('count')}, numbered from 0.`,
    hint: 'Leave the route out, or take it from findLiquidity.',
  },
  'UnsupportedToken(address,address)': {
    title: 'Wrong token',
    fault: 'user',
    sentence: (say) => `This market lends ${say.tokenName('expected')}, not ${say.tokenName('token')}.`,
    hint: 'Use the loan asset of the market.',
  },
};
