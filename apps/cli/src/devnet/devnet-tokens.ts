import type { DeployedToken, Deployment } from '@millrace/devnet';
import { UsageError } from '../usage-error.ts';
import { sameToken } from '../words/same-token.ts';

/** Every token of the markets, once, loan assets first. */
export function devnetTokens({ markets }: Deployment): DeployedToken[] {
  const all = [
    ...markets.map(({ asset }) => asset),
    ...markets.flatMap((market) => market.collaterals.map(({ token }) => token)),
  ];
  return [...new Map(all.map((token) => [token.address, token])).values()];
}

/** @throws {@link UsageError} `UNKNOWN_TOKEN`, with the known ones in the hint. */
export function findDevnetToken(deployment: Deployment, symbol: string): DeployedToken {
  const tokens = devnetTokens(deployment);
  const found = tokens.find((each) => sameToken(each.symbol, symbol));
  if (found) return found;
  const known = tokens.map((each) => each.symbol).join(', ');
  throw new UsageError(`There is no token “${symbol}” here.`, 'UNKNOWN_TOKEN', `Known: ${known}.`);
}
