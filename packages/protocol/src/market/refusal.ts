import type { ContractErrorArgs, ContractErrorName } from 'viem';
import { MillraceError } from '../errors/millrace-error.ts';
import type { marketAbi } from '../generated/market.ts';

type MarketErrors = typeof marketAbi;

/** What a market's own code refuses with, and what a token, a library or the compiler does. */
export type RefusalName = ContractErrorName<MarketErrors> | keyof ForeignErrors;

type ForeignErrors = {
  /** A token did not move (solady). */
  TransferFromFailed: readonly [];
  /** A donor holds less than it gives away (OpenZeppelin): account, balance, needed. */
  ERC20InsufficientBalance: readonly [string, bigint, bigint];
  /** Checked arithmetic, or an index out of bounds: the compiler's code. */
  Panic: readonly [bigint];
};

type ErrorArguments<Name extends RefusalName> = Name extends keyof ForeignErrors
  ? ForeignErrors[Name]
  : Name extends ContractErrorName<MarketErrors>
    ? ContractErrorArgs<MarketErrors, Name> extends readonly unknown[]
      ? ContractErrorArgs<MarketErrors, Name>
      : readonly []
    : never;

/** Why an operation was refused: the contract's custom error and its arguments, in order. */
export type Refusal = { readonly name: RefusalName; readonly args: readonly unknown[] };

/** Thrown inside the model only; callers of an operation get its {@link Refusal} as a value. */
export class MarketRefusedError extends MillraceError {
  override readonly name = 'MarketRefusedError';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`The market refuses: ${refusal.name}(${refusal.args.join(', ')}).`, {
      code: 'MARKET_REFUSED',
      fault: 'user',
      details: { ...refusal },
    });
    this.refusal = refusal;
  }
}

/** Ends the operation as `revert Name(args)` does. */
export function refuse<Name extends RefusalName>(name: Name, ...args: ErrorArguments<Name>): never {
  throw new MarketRefusedError({ name, args });
}
