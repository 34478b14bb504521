import { getMarket } from '@millrace/sdk';
import type { OpenMarket } from '../chain/open-market.ts';

/** The same market in the newest block. */
export async function readAgain(opened: OpenMarket): Promise<OpenMarket> {
  const { client, deployment, market } = opened;
  return { ...opened, market: await getMarket(client, { market: market.address, lens: deployment.lens }) };
}
