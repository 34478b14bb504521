import { formatTokens } from '../units/presets.ts';
import type { TokenFacts } from './error-context.ts';
import { MillraceError } from './millrace-error.ts';

type Payment = { token: TokenFacts; payer: string; needed: bigint; available: bigint; cause?: unknown };
type Approval = Payment & {
  /** What takes the tokens, in the words of people. Default: the market. */
  spender?: 'market' | 'contract' | undefined;
};

/** The account that pays holds too little. Amounts are base units of the token. */
export class InsufficientBalanceError extends MillraceError {
  override readonly name = 'InsufficientBalanceError';

  constructor({ token, payer, needed, available, cause }: Payment) {
    const holds = formatTokens(available, token.decimals, 'asset', token.symbol);
    super(
      `This takes ${formatTokens(needed, token.decimals, 'debt', token.symbol)}, and the account holds ${holds}.`,
      {
        code: 'INSUFFICIENT_BALANCE',
        fault: 'user',
        hint: `Get more ${token.symbol}, or use a smaller amount.`,
        details: { token: token.address, payer, needed, available },
        cause,
      },
    );
  }
}

/** The account that pays has not let the contract take enough. Amounts are base units of the token. */
export class InsufficientApprovalError extends MillraceError {
  override readonly name = 'InsufficientApprovalError';

  constructor({ token, payer, needed, available, spender = 'market', cause }: Approval) {
    const allowed = formatTokens(available, token.decimals, 'asset', token.symbol);
    super(
      `The ${spender} needs ${formatTokens(needed, token.decimals, 'debt', token.symbol)}, and may take ${allowed} from this account.`,
      {
        code: 'INSUFFICIENT_APPROVAL',
        fault: 'user',
        hint: `Approve ${formatTokens(needed, token.decimals, 'debt', token.symbol)} for the ${spender} first.`,
        details: { token: token.address, payer, needed, available },
        cause,
      },
    );
  }
}
