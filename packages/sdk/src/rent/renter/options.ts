import type { BlockStore } from '@millrace/content';
import type { Account, Address } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import type { DepositLimits } from '../channel/open-link.ts';
import type { Discovery } from '../find/offer-book.ts';
import type { RentContracts, RenterEvent, RentTiming } from '../host/rent-host.ts';
import type { Preference } from '../rank/rank-offers.ts';
import type { RentStore } from '../store/rent-store.ts';

export type CreateRenterParameters = {
  /** Of the payer; its account signs vouchers, about one a second while something runs. */
  readonly client: SdkClient;
  /** The payer. Default: the client's account. */
  readonly account?: Account | Address | undefined;
  readonly contracts: RentContracts;
  /** What is paid in. */
  readonly token: Address;
  /** Default: one that is forgotten with the program, and with it what was deposited. */
  readonly store?: RentStore | undefined;
  /** Where modules, inputs and checkpoints are kept. Default: in memory. */
  readonly blocks?: BlockStore | undefined;
  /** Keeps results in `blocks` as well. Default: no. */
  readonly keepResults?: boolean | undefined;
  /** Where nodes are looked for. Default: the registry, and what nodes tell of each other. */
  readonly discovery?: Discovery | undefined;
  /** Default: `balanced`. */
  readonly prefer?: Preference | undefined;
  readonly deposits?: DepositLimits | undefined;
  /** Default: grace 15 s, stall 5 s, patience 3 s, a voucher each second. Keep the grace above twice the stall. */
  readonly timing?: Partial<RentTiming> | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Told what happens beside the jobs. Must not throw. */
  readonly onEvent?: ((event: RenterEvent) => void) | undefined;
};

export type RunOptions = {
  /** When to give up, beside the deadline of the spec. Default: three times the time limit of the job and 5 minutes. */
  readonly timeoutMilliseconds?: number | undefined;
  /** Whether progress, log and output are followed. Default: for one job yes, for many no. */
  readonly watch?: boolean | undefined;
};

export type RunManyOptions = RunOptions & {
  /** Jobs in the hands of nodes at most. Default: as many as the nodes take. */
  readonly parallel?: number | undefined;
  /** Nodes that they are spread on at most. Default: 3. */
  readonly nodes?: number | undefined;
};
