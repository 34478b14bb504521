import type { RevertError } from '@millrace/protocol';
import type { Call, Market, Payment, Position, Token } from '@millrace/sdk';

/** What a command is about to do, told before it is done. Amounts are base units. */
export type Plan = {
  /** The verb, for programs: `supply`. */
  action: string;
  /** What it is, for people: `Supply 1,000 USDC to mrUSDC`. */
  title: string;
  market: Market;
  token: Token;
  amount: bigint;
  before: Position;
  after: Position;
  /** Why the market would refuse. */
  refusal?: RevertError | undefined;
  call: Call;
  /** What the call pulls from the account. */
  payment?: Payment | undefined;
  /** What has to be approved for it: exactly what is pulled, unless that grows until it is mined. */
  approval?: { token: Token; amount: bigint } | undefined;
  /** More to know, a line each. */
  notes?: readonly string[];
  /** More to know, for programs. */
  extra?: Readonly<Record<string, unknown>>;
};
