import { buildMarketCall } from '../call/build-market-call.ts';
import type { Call } from '../call/call.ts';
import type { SignPermitReturnType } from './sign-permit.ts';

/** What `signPermit` returned. */
export type BuildPermitParameters = SignPermitReturnType;
export type BuildPermitReturnType = Call;

/** Sets an allowance of shares with the owner’s signature (ERC-2612); anyone may send it. */
export function buildPermit(parameters: BuildPermitParameters): BuildPermitReturnType {
  const { market, owner, spender, value, deadline, v, r, s } = parameters;
  return buildMarketCall(market, 'permit', [owner, spender, value, deadline, v, r, s]);
}
