import type { JobSpec } from '@millrace/protocol/compute';
import type { Address, Hex } from 'viem';
import type { CloseChannelResult } from '../../compute/channel/close-channel.ts';
import type { EscrowResult, RunEscrowOptions } from '../escrow/run-escrow.ts';
import type { JobHandle } from '../job/job-handle.ts';
import type { RentJob } from '../job/rent-job.ts';
import type { Preference, Ranking } from '../rank/rank-offers.ts';
import type { RentState } from '../store/rent-state.ts';
import type { ListedChannel } from './channels.ts';
import type { RunManyOptions, RunOptions } from './options.ts';
import type { ManyHandle } from './run-many.ts';

/** Rents machines. Amounts are base units of its token. */
export type Renter = {
  /** Who pays. */
  readonly account: Address;
  /** What its store adds up to now. Read only. */
  readonly state: RentState;
  /** The spec of a job; its content is imported. @throws `ComputeError` `JOB_SPEC_INVALID` */
  specOf(job: RentJob): Promise<JobSpec>;
  /** All offers there are, ranked for a job, and why others do not fit. */
  findOffers(spec: JobSpec, options?: { prefer?: Preference | undefined }): Promise<Ranking>;
  /** Runs a job on the best node, and on others when that one fails. */
  run(job: RentJob, options?: RunOptions): JobHandle;
  /** Runs jobs on several nodes at once. */
  runMany(jobs: readonly RentJob[], options?: RunManyOptions): ManyHandle;
  /** Runs one job without a channel: its price is held on chain until the result is here. */
  runEscrow(job: RentJob, options?: RunEscrowOptions): Promise<EscrowResult>;
  /** Takes back the prices of escrowed jobs that no node has done in time, also of those whose match was never heard of. @returns their ids */
  reclaimEscrows(): Promise<Hex[]>;
  /** A job that has not ended, also one from before a restart. */
  handle(id: string): JobHandle | undefined;
  unfinished(): JobHandle[];
  /**
   * Opens a channel ahead of any job.
   *
   * @returns its id
   * @throws `RentError` `RENT_NO_OFFER`, `RENT_FUNDS`; what the node or the chain says.
   */
  openChannel(channel: { readonly node: Address; readonly deposit: bigint }): Promise<Hex>;
  /** @returns all that was ever deposited */
  topUpChannel(id: Hex, amount: bigint): Promise<bigint>;
  /** Pays what is due, and starts to close; the rest comes back after the challenge window, by `finaliseChannel`. */
  closeChannel(id: Hex): Promise<CloseChannelResult>;
  /** @returns what came back */
  finaliseChannel(id: Hex): Promise<bigint>;
  listChannels(): Promise<ListedChannel[]>;
  /**
   * Pays what is due in all channels now, and waits until the nodes have it.
   *
   * @param patienceMilliseconds how long to wait for receipts of jobs that were stopped or moved. Default: 0.
   */
  settle(patienceMilliseconds?: number): Promise<void>;
  /** Pays what is due, and ends. Jobs go on at their nodes; a renter over the same store takes them up. */
  close(): Promise<void>;
};
