import type { DeployedMarket, Deployment } from '@millrace/devnet';
import type { Address } from 'viem';
import type { TourChain } from '../chain/tour-chain.ts';
import type { People } from '../people/people.ts';

/** Everything that is on the stage: a chain, the protocol, two markets, the people in them, a keeper with capital. */
export type Scene = {
  chain: TourChain;
  deployment: Deployment;
  markets: readonly DeployedMarket[];
  people: People;
  keeper: Address;
};
