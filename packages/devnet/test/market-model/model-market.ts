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

/** What a step did to the model, and what happened that the tests count. */
export type Applied = {
  readonly state: MarketState;
  readonly effect: Effect;
  readonly events: readonly string[];
};

/** Applies a step to the model. */
export function applyToModel(state: MarketState, step: Step): Applied {
  const { action, time, sender } = step;
  const transaction: Transaction = { sender, time };
  switch (action.kind) {
    case 'price':
      return { state: setQuote(state, action.index, action.quote), effect: done(null), events: [] };
    case 'call':
      return applied(state, multicall(state, transaction, [action.call]), ([result]) => ({
        returned: returns(action.call, result),
        events: eventsOf(action.call, result),
      }));
    case 'multicall':
      return applied(state, multicall(state, transaction, action.calls), (results) => ({
        returned: action.calls.map((call, k) => returns(call, results[k])),
        events: action.calls.flatMap((call, k) => eventsOf(call, results[k])),
      }));
    case 'donate':
      return applied(state, donate(state, transaction, action), () => ({ returned: true }));
    case 'pause':
      return applied(state, pause(state, transaction, action), () => ({ returned: null }));
    case 'unpause':
      return applied(state, unpause(state, transaction), () => ({ returned: null }));
  }
}

function applied<Result>(
  before: MarketState,
  outcome: Outcome<Result>,
  read: (result: Result) => { returned: unknown; events?: string[] },
): Applied {
  if (!outcome.ok) {
    const { name, args } = outcome.refusal;
    return { state: before, effect: { ok: false, refusal: text([name, args]) }, events: [] };
  }
  const { returned, events = [] } = read(outcome.result);
  return { state: outcome.state, effect: done(returned), events };
}

function done(result: unknown): Effect {
  return { ok: true, result: text(result) };
}

function eventsOf(call: Call, result: unknown): string[] {
  if (call.kind !== 'liquidate') return [];
  const { closeOut, burden } = result as LiquidateResult;
  const borne = Object.entries(burden ?? {}).filter(([, amount]) => amount > 0n);
  return [closeOut ? 'close-out' : 'partial liquidation', ...borne.map(([who]) => `bad debt: ${who}`)];
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
