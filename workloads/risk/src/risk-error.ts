import { MillraceError } from '@millrace/protocol/millrace-error';

const WORDS = {
  RISK_HISTORY_INVALID: {
    fault: 'user',
    hint: 'Give one line for each time: a label, then a price above zero for each asset.',
  },
  RISK_PLAN_INVALID: { fault: 'user', hint: 'Change the plan as the message says.' },
  RISK_OUTPUT_INVALID: { fault: 'provider', hint: 'Run this piece again, on another machine.' },
  RISK_PIECES_INCOMPLETE: { fault: 'user', hint: 'Merge the results of all pieces of one plan, each once.' },
} as const;

/** What is wrong with a history, a plan, or the results of pieces. */
export class RiskError extends MillraceError {
  override readonly name = 'RiskError';

  constructor(code: keyof typeof WORDS, shortMessage: string) {
    super(shortMessage, { code, ...WORDS[code], retryable: false });
  }
}
