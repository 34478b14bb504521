import { iLanesAbi } from '@millrace/protocol/contracts/i-lanes';
import type { Call } from '../../call/call.ts';
import { buildComputeCall } from '../call/build-compute-call.ts';
import type { TokenPermit } from './permit.ts';

/** The same call with a permit used before it, in one transaction. */
export function withPermit(call: Call, permit: TokenPermit | undefined): Call {
  if (permit === undefined) return call;
  const { token, value, deadline, v, r, s } = permit;
  const use = buildComputeCall(iLanesAbi, call.to, 'usePermit', [token, value, deadline, v, r, s]);
  return buildComputeCall(iLanesAbi, call.to, 'multicall', [[use.data, call.data]]);
}
