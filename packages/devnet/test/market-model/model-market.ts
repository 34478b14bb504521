import {
  type Call,
  type CheckpointResult,
  donate,
  type LiquidateResult,
  type MarketState,
  type MintResult,
  multicall,
  type Outcome,
  pause,
  type RedeemResult,
  type RepayResult,
  type SupplyResult,
  setQuote,
  type Transaction,
  unpause,
  type WithdrawResult,
} from '@millrace/protocol/market';
import { type Effect, type Step, text } from './step.ts';

/** Applies a step to the model. */
export function applyToModel(state: MarketState, step: Step): { state: MarketState; effect: Effect } {
  const { action, time, sender } = step;
  const transaction: Transaction = { sender, time };
  if (action.kind === 'price') {
    return { state: setQuote(state, action.index, action.quote), effect: done(null) };
  }
  const outcome: Outcome<unknown> = run(state, transaction, step);
  if (!outcome.ok) {
    return { state, effect: { ok: false, refusal: text([outcome.refusal.name, outcome.refusal.args]) } };
  }
  return { state: outcome.state, effect: done(outcome.result) };
}

function run(state: MarketState, transaction: Transaction, { action }: Step): Outcome<unknown> {
  switch (action.kind) {
    case 'call':
      return returned(multicall(state, transaction, [action.call]), ([result]) =>
        returns(action.call, result),
      );
    case 'multicall':
      return returned(multicall(state, transaction, action.calls), (results) =>
        action.calls.map((call, k) => returns(call, results[k])),
      );
    case 'donate':
      return returned(donate(state, transaction, action), () => true);
    case 'pause':
      return returned(pause(state, transaction, action), () => null);
    case 'unpause':
      return returned(unpause(state, transaction), () => null);
    case 'price':
      throw new Error('A price is no call of the market.');
  }
}

function returned<A, B>(outcome: Outcome<A>, change: (result: A) => B): Outcome<B> {
  return outcome.ok ? { ...outcome, result: change(outcome.result) } : outcome;
}

function done(result: unknown): Effect {
  return { ok: true, result: text(result) };
}

/** What the contract returns for what the model says. */
function returns(call: Call, result: unknown): unknown {
  switch (call.kind) {
    case 'supply':
    case 'withdraw':
      return (result as SupplyResult | WithdrawResult).shares;
    case 'mint':
    case 'redeem':
      return (result as MintResult | RedeemResult).assets;
    case 'repay':
      return (result as RepayResult).repaid;
    case 'liquidate':
      return [(result as LiquidateResult).repaid, (result as LiquidateResult).seized];
    case 'checkpoint':
      return (result as CheckpointResult).settled;
    case 'flashLoan':
    case 'transfer':
    case 'transferFrom':
    case 'approve':
      return true;
    default:
      return null;
  }
}
