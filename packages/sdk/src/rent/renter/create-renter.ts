import { createMemoryStore as createMemoryBlocks } from '@millrace/content';
import { type JobSpec, parseJobSpec } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import { requireAccount } from '../../call/require-account.ts';
import { chainIdOf } from '../../compute/call/chain-id-of.ts';
import type { Link } from '../channel/link.ts';
import { openLink } from '../channel/open-link.ts';
import { createSerial } from '../channel/serial.ts';
import { wait } from '../channel/wait.ts';
import { createRentContent } from '../content/rent-content.ts';
import { RentError } from '../error/rent-error.ts';
import { createOfferBook } from '../find/offer-book.ts';
import { createFleet } from '../fleet/fleet.ts';
import { type FleetState, rest, slotOf } from '../fleet/fleet-state.ts';
import type { PlaceHooks } from '../fleet/place.ts';
import { createPump } from '../fleet/pump.ts';
import { createRefusedNodes } from '../fleet/refused-nodes.ts';
import { liveTries, type Run } from '../fleet/run.ts';
import { createWaitingRuns } from '../fleet/waiting-runs.ts';
import type { RentHost, RentTiming } from '../host/rent-host.ts';
import type { JobHandle } from '../job/job-handle.ts';
import { type RentJob, toJobSpec } from '../job/rent-job.ts';
import { PATIENCE_MILLISECONDS } from '../plan/lateness.ts';
import { type Preference, type Ranking, rankOffers } from '../rank/rank-offers.ts';
import { createMemoryStore } from '../store/rent-store.ts';
import { abandonChannel, createRenterChannels, EMPTY_SPEC } from './channels.ts';
import { createRenterEscrows } from './escrows.ts';
import { keepStore } from './kept-store.ts';
import type { CreateRenterParameters, RunManyOptions, RunOptions } from './options.ts';
import type { Renter } from './renter.ts';
import { restore } from './restore.ts';
import { gatherHandles } from './run-many.ts';
import { openSession } from './session.ts';
import { settleLinks } from './settle-links.ts';
import { createOutcome, createRun, handleOf, type StartRunOptions, startRun } from './start-run.ts';

const TIMING: RentTiming = {
  graceMilliseconds: 15_000,
  stallMilliseconds: 5_000,
  patienceMilliseconds: PATIENCE_MILLISECONDS,
  payMilliseconds: 1_000,
};
const TICK_MILLISECONDS = 250;
/** Up to so many there is nothing to gather: each leaves at once. */
const FEW_JOBS = 8;
const CLOSING_MILLISECONDS = 5_000;
const DEFAULT_NODES = 3;

/**
 * Rents machines for jobs: finds nodes, opens channels, pays while they work, and moves jobs from nodes that fail. What it must not
 * forget is in its store: over the same store, a new renter goes on where the last one was, however that ended.
 *
 * @throws `MillraceError` `NO_ACCOUNT`, what the chain or the store says.
 *
 * @example
 * ```ts
 * const renter = await createRenter({ client, contracts, token })
 * const handle = renter.run({ module, inputs: [input], fuel: 10n ** 9n, needs: { priceCap: 5_000n } })
 * for await (const event of handle) console.log(event.type)
 * const { bytes, cost } = await handle.result
 * await renter.close()
 * ```
 */
export async function createRenter(parameters: CreateRenterParameters): Promise<Renter> {
  const { client, contracts, token, timing, onEvent } = parameters;
  const account = requireAccount(client, parameters.account);
  const store = await keepStore(parameters.store ?? createMemoryStore());
  const session = await openSession(store, client, {
    registry: contracts.nodeRegistry,
    account,
  });
  const closing = new AbortController();
  const lastResult = new Map<string, number>();
  const host: RentHost = {
    client,
    account,
    chainId: await chainIdOf(client),
    contracts,
    token,
    http: { fetch: parameters.fetch ?? globalThis.fetch.bind(globalThis), timeoutMilliseconds: 10_000 },
    store,
    content: createRentContent(parameters.blocks ?? createMemoryBlocks()),
    session: session.key,
    certificate: session.certificate,
    timing: { ...TIMING, ...timing },
    wallet: createSerial(),
    orders: createSerial(),
    signal: closing.signal,
    note: (event) => onEvent?.(event),
    learn: (node, experience) => {
      const at = Date.now();
      // A thousand results in a second say no more than one.
      if (experience === 'result' && at - (lastResult.get(node) ?? 0) < 1_000) return;
      if (experience === 'result') lastResult.set(node, at);
      store.append({ type: 'experience', node, experience, at }).catch(() => undefined);
    },
  };
  const book = createOfferBook(host, parameters.discovery);
  let parties = 0;
  const state: FleetState = {
    host,
    book,
    limits: parameters.deposits ?? {},
    prefer: parameters.prefer ?? 'balanced',
    keepResults: parameters.keepResults ?? false,
    memory: () => store.state.memory,
    slots: new Map(),
    refused: createRefusedNodes(),
    pending: createWaitingRuns(),
    active: new Map(),
    typical: new Map(),
    held: 0,
    pump: createPump({
      isBusy: () => state.active.size > FEW_JOBS,
      pump: () => fleet.pump(),
      signal: closing.signal,
    }),
  };
  /** Also those that are not used for new jobs: a node may have had several channels. */
  const links = new Set<Link>();
  const handles = new Map<string, JobHandle>();

  const hooks: Omit<PlaceHooks, 'listener'> = {
    onOpen: (_slot, link) => links.add(link),
    onOver: (slot, link, error) => {
      const isDishonest = error.code === 'RENT_NODE_DISHONEST';
      if (isDishonest) host.note({ type: 'node-dishonest', node: slot.node, error });
      if (isDishonest) host.learn(slot.node, 'dishonest');
      if (slot.link === link) slot.link = undefined;
      if (link === undefined) {
        host.note({ type: 'trouble', error });
        if (error.code === 'RENT_NODE_UNREACHABLE') host.learn(slot.node, 'vanished');
        return;
      }
      links.delete(link);
      rest(slot, error);
      void abandonChannel(state, link, error);
    },
    onPaid: (slot, total) => {
      const at = Date.now();
      for (const { watch, feed, tries } of state.active.values()) {
        if (!watch || !tries.some(({ link }) => link.node === slot.node)) continue;
        feed.push({ at, type: 'paid', node: slot.node, total });
      }
    },
  };
  const fleet = createFleet(state, hooks);
  const ticking = setInterval(() => {
    if (state.active.size > 0) fleet.tick();
  }, TICK_MILLISECONDS);
  closing.signal.addEventListener('abort', () => clearInterval(ticking), { once: true });

  const channels = createRenterChannels(state, store, (link) => {
    link.end();
    links.delete(link);
    for (const slot of state.slots.values()) if (slot.link === link) slot.link = undefined;
  });

  const requireOpen = (): void => {
    if (closing.signal.aborted) throw new RentError('RENT_CLOSED', 'This renter was closed.');
  };
  const keep = (handle: JobHandle): JobHandle => {
    handles.set(handle.id, handle);
    const forget = () => handles.delete(handle.id);
    handle.result.then(forget, forget);
    return handle;
  };
  const start = (job: RentJob, options: StartRunOptions): ReturnType<typeof startRun> => {
    const started = startRun(fleet, host.content, job, options);
    keep(started.handle);
    return started;
  };
  const begin = (): void => {
    requireOpen();
    void book.refresh(15_000).then(state.pump);
  };

  const find = async (spec: JobSpec, prefer: Preference): Promise<Ranking> => {
    requireOpen();
    await book.refresh(5_000);
    const offers = book.offers.map((offer) => ({
      ...offer,
      hasChannel: state.slots.get(offer.ask.node)?.link !== undefined,
    }));
    const deal = { chainId: host.chainId, channels: contracts.channels, token };
    const inputBytes = host.content.sizeOf([spec.module, ...spec.inputs]);
    const context = { offers, spec: parseJobSpec(spec), memory: store.state.memory, now: Date.now() };
    return rankOffers({ ...context, prefer, deal, inputBytes });
  };

  await restore({
    state,
    fleet,
    saved: store.state,
    hooks,
    runOf: (facts, spec) => {
      const { feed, settle, result } = createOutcome();
      const { id, label, deadline } = facts;
      const run = createRun(spec, {
        id,
        label,
        deadline,
        inputBytes: 0,
        nodes: 1,
        watch: true,
        party: undefined,
        feed,
        settle,
      });
      keep(handleOf(id, label, feed, result, () => fleet.stop(run)));
      return run;
    },
  });
  const escrows = createRenterEscrows(host, store, (spec) => find(spec, state.prefer));
  if (state.active.size > 0) void book.refresh().then(state.pump);

  return {
    account: account.address,
    state: store.state,
    specOf: (job) => toJobSpec(host.content, job),
    findOffers: async (spec, { prefer = state.prefer } = {}) => await find(spec, prefer),
    run: (job, options: RunOptions = {}) => {
      begin();
      return start(job, { ...options, watch: options.watch ?? true, nodes: 1 }).handle;
    },
    runMany: (jobs, { parallel, nodes = DEFAULT_NODES, ...options }: RunManyOptions = {}) => {
      const live = new Set<Run>();
      parties += 1;
      const name = `${parties}`;
      const party = parallel === undefined ? undefined : { name, most: Math.max(1, parallel), live };
      const watch = options.watch ?? false;
      begin();
      state.held += 1;
      const started = jobs.map((job) => start(job, { ...options, watch, nodes, party }));
      void Promise.all(started.map(({ ready }) => ready)).then(() => {
        state.held -= 1;
        state.pump();
      });
      return gatherHandles(started.map(({ handle }) => handle));
    },
    runEscrow: async (job, options = {}) => {
      requireOpen();
      return await escrows.run(job, options);
    },
    reclaimEscrows: () => escrows.reclaim(),
    handle: (id) => handles.get(id),
    unfinished: () => [...handles.values()],
    openChannel: async ({ node, deposit }) => {
      requireOpen();
      await book.refresh(5_000);
      const offer = book.offers.find(({ ask }) => ask.node.toLowerCase() === node.toLowerCase());
      if (offer === undefined) {
        throw new RentError('RENT_NO_OFFER', `${node} offers nothing now.`, { node });
      }
      const slot = slotOf(state, offer.ask.node, offer.ask.endpoint);
      let link: Link | undefined;
      link = await openLink(host, {
        ...state.limits,
        node: slot.node,
        endpoint: slot.endpoint,
        spec: EMPTY_SPEC,
        jobs: 1,
        deposit,
        onOver: (error) => hooks.onOver(slot, link, error),
        onPaid: (total) => hooks.onPaid(slot, total),
      });
      slot.link ??= link;
      links.add(link);
      return link.id;
    },
    topUpChannel: (id: Hex, amount: bigint) => channels.topUp(id, amount),
    closeChannel: (id: Hex) => channels.close(id),
    finaliseChannel: (id: Hex) => channels.finalise(id),
    listChannels: () => channels.list(),
    settle: (patienceMilliseconds) => settleLinks(links, closing.signal, patienceMilliseconds),
    close: async () => {
      if (closing.signal.aborted) return;
      const paid = Promise.all([...links].map(({ payments }) => payments.now()));
      await Promise.race([paid, wait(CLOSING_MILLISECONDS)]);
      closing.abort(new RentError('RENT_CLOSED', 'The renter was closed.'));
      for (const link of links) link.end();
      for (const run of state.active.values()) leave(run);
      state.active.clear();
      // Whatever is on its way to the store.
      await store.append().catch(() => undefined);
    },
  };
}

/** The job goes on without its owner; a renter over the same store finds it. */
function leave(run: Run): void {
  const error = new RentError('RENT_CLOSED', 'The renter was closed while the job ran.', { job: run.id });
  for (const { watching } of liveTries(run)) watching?.abort();
  run.isOver = true;
  run.feed.push({ at: Date.now(), type: 'ended', error });
  run.feed.end();
  run.reject(error);
}
