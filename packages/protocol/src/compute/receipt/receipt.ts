import type { Address, Hex } from 'viem';
import type { Cid } from '../content/cid.ts';

/**
 * What a node says of one job it has run. Each receipt names the one before it, so that none can be left out or put in
 * later. Every amount is a whole number of a small unit: energy and carbon of a job of milliseconds must not vanish.
 */
export type Receipt = {
  readonly node: Address;
  /** 0 for the node’s first receipt, then one more each. */
  readonly sequence: bigint;
  /** `hashReceipt` of the receipt before; zero for the first. */
  readonly previous: Hex;
  /** Id of the job: of `JobMarket`, or any word that payer and node agree on. */
  readonly job: Hex;
  readonly module: Cid;
  readonly inputs: readonly Cid[];
  /** CID of the result; an empty text when the job had none. */
  readonly result: Cid | '';
  /** How it ended: `DONE`, or the code of the error, such as `JOB_OUT_OF_FUEL`. */
  readonly outcome: string;
  /** Units of work. */
  readonly fuel: bigint;
  /** Merkle root of the states at the fuel checkpoints, for disputes; zero for none. */
  readonly checkpoints: Hex;
  /** Seconds since 1970, when it ended. */
  readonly endedAt: bigint;
  /** Running time, millionths of a second. */
  readonly microseconds: bigint;
  /** Energy, millionths of a watt-hour. */
  readonly microwattHours: bigint;
  /** Carbon of the grid where it ran, millionths of a gram of CO₂. */
  readonly microgramsLocation: bigint;
  /** Carbon of the energy that the node buys, millionths of a gram of CO₂. */
  readonly microgramsMarket: bigint;
};
