import type { Address } from 'viem';
import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';

export type BuildSetOperatorParameters = {
  market: Address;
  operator: Address;
  /** Bits of `SCOPE`, added up; 0 takes every right away. */
  scope: bigint;
  /** Seconds; it may still act at this very time. */
  expiry: bigint;
};
export type BuildSetOperatorReturnType = Call;

/** Lets an operator act for the sender, within a scope and a time. */
export function buildSetOperator(parameters: BuildSetOperatorParameters): BuildSetOperatorReturnType {
  const { market, operator, scope, expiry } = parameters;
  return buildMarketCall(market, 'setOperator', [operator, scope, expiry]);
}
