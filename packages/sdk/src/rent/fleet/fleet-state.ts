import type { MillraceError } from '@millrace/protocol';
import type { Address } from 'viem';
import type { DepositLimits } from '../channel/open-link.ts';
import type { OfferBook } from '../find/offer-book.ts';
import type { RentHost } from '../host/rent-host.ts';
import type { NodeMemory } from '../memory/node-memory.ts';
import { type Preference, type Ranking, rankOffers } from '../rank/rank-offers.ts';
import type { RefusedNodes } from './refused-nodes.ts';
import type { Run } from './run.ts';
import { createSlot, type Slot } from './slot.ts';
import type { WaitingRuns } from './waiting-runs.ts';

/** Everything that the parts of a fleet share. */
export type FleetState = {
  readonly host: RentHost;
  readonly book: OfferBook;
  readonly limits: DepositLimits;
  readonly prefer: Preference;
  readonly keepResults: boolean;
  readonly memory: () => NodeMemory;
  readonly slots: Map<Address, Slot>;
  readonly refused: RefusedNodes;
  /** Jobs that no node has. */
  readonly pending: WaitingRuns;
  /** Jobs that have not ended. */
  readonly active: Map<string, Run>;
  /** What jobs of a group take, milliseconds: a moving average. */
  readonly typical: Map<string, number>;
  /** Batches of jobs whose content is still being read: how many there will be decides what is deposited. */
  held: number;
  /** Looks soon whether something can be placed. */
  readonly pump: () => void;
};

type Kept = { readonly version: number; readonly at: number; readonly ranking: Ranking };
const RANKING_MILLISECONDS = 1_000;
const rankings = new WeakMap<FleetState, Map<string, Kept>>();

/** The ranking for jobs of a group; a second old at most. */
export function rankingFor(state: FleetState, run: Run): Ranking {
  const kept = rankings.get(state) ?? new Map<string, Kept>();
  rankings.set(state, kept);
  const now = Date.now();
  const known = kept.get(run.group);
  if (known?.version === state.book.version && now - known.at < RANKING_MILLISECONDS) return known.ranking;
  const { contracts, chainId, token } = state.host;
  const offers = state.book.offers.map((offer) => ({
    ...offer,
    hasChannel: state.slots.get(offer.ask.node)?.link?.state === 'open',
  }));
  const ranking = rankOffers({
    offers,
    spec: run.spec,
    memory: state.memory(),
    now,
    inputBytes: run.inputBytes,
    prefer: state.prefer,
    deal: { chainId, channels: contracts.channels, token },
  });
  if (kept.size > 256) kept.clear();
  kept.set(run.group, { version: state.book.version, at: now, ranking });
  return ranking;
}

/** What the renter has with a node. */
export function slotOf(state: FleetState, node: Address, endpoint: string): Slot {
  const known = state.slots.get(node);
  if (known !== undefined) return known;
  const slot = createSlot(node, endpoint);
  state.slots.set(node, slot);
  return slot;
}

/** What a job of this group takes, milliseconds, as far as anybody knows. */
export function typicalOf(state: FleetState, run: Run): number | undefined {
  return state.typical.get(run.group);
}

/** Takes a running time into account. */
export function learnTypical(state: FleetState, run: Run, milliseconds: number): void {
  const before = state.typical.get(run.group);
  state.typical.set(run.group, before === undefined ? milliseconds : before * 0.8 + milliseconds * 0.2);
}

/** A node has refused a job for a reason that does not pass. */
export function refuse(
  { refused }: FleetState,
  { group }: Run,
  { node, endpoint }: Slot,
  error: MillraceError,
  what: 'job' | 'all',
): void {
  refused.add(what === 'all' ? undefined : group, { node, endpoint, error });
}

/** A node is left alone for longer, the more often it has failed. */
export function rest(slot: Slot, error: MillraceError): void {
  slot.failures += 1;
  slot.lastError = error;
  slot.restUntil = Date.now() + Math.min(60_000, 1_000 * 2 ** slot.failures);
}
