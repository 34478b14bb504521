import { mineLendingBlock } from '../conflicts/lending-block.ts';
import { deployMarket } from '../protocols/millrace/deploy-market.ts';
import { millraceProtocol, type Planner } from '../protocols/millrace/millrace-protocol.ts';
import { byHash, together } from '../protocols/millrace/planners.ts';
import type { Scenario } from './scenario.ts';

/** 200 users of one market, who meet at a stripe by chance. */
export const crowd = crowdOf(byHash);

/** The same with stripes chosen by the SDK. */
export const plannedCrowd = crowdOf(together);

function crowdOf(planner: Planner): Scenario {
  return async (chain) => {
    const protocol = millraceProtocol(chain, await deployMarket(chain), { planner, isSpread: true });
    await mineLendingBlock(chain, protocol);
    return protocol.describe();
  };
}
