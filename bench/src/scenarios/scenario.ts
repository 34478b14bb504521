import type { BenchChain } from '../chain/bench-chain.ts';
import type { Description } from '../protocols/description.ts';

/** Prepares a chain whose newest block is the one to be judged, and tells what its contracts are called. */
export type Scenario = (chain: BenchChain) => Promise<Description>;
