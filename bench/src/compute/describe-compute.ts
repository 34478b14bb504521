import { compileOwnStorage } from '../compile/compile-own-storage.ts';
import { Description } from '../protocols/description.ts';
import type { ComputeContracts } from './deploy-compute.ts';

/** Tills have no variables, and there are as many as lanes: they stay addresses. */
export function describeCompute(c: ComputeContracts): Description {
  const description = new Description();
  description.add('Channels', c.channels, compileOwnStorage('contracts/src/compute/Channels.sol'));
  description.add('JobMarket', c.jobs, compileOwnStorage('contracts/src/compute/JobMarket.sol'));
  description.add('Bond', c.bond, compileOwnStorage('contracts/src/compute/Bond.sol'));
  description.add('token', c.token, compileOwnStorage('contracts/src/dev/MockToken.sol'));
  return description;
}
