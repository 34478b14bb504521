import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { takeLock } from '@millrace/journal';
import type { Earnings, NodeStatus, SignedAsk } from '@millrace/protocol/wire';
import type { LocalAccount } from 'viem';
import { startChores } from './chain/chores.ts';
import { redeemChannels } from './channel/redeem.ts';
import type { NodeConfig } from './config/schema.ts';
import { type Core, endpointOf } from './core.ts';
import { EscrowJobs } from './escrow/escrow-jobs.ts';
import { createApp } from './http/app.ts';
import { askOf, statusOf } from './http/node-state.ts';
import { serve } from './http/serve.ts';
import type { LiveJob, StopReason } from './job/live-job.ts';
import { restoreJobs } from './job/restore-jobs.ts';
import { endEarly } from './job/stop-job.ts';
import { type Log, silentLog } from './log.ts';
import { WATCH_MILLISECONDS, watchExposure } from './meter/exposure-watch.ts';
import { openAsks } from './open-asks.ts';
import { type Closers, openCore } from './open-core.ts';
import { earningsOf } from './operator/earnings.ts';
import { openToken } from './operator/token.ts';

export type StartNodeOptions = {
  readonly config: NodeConfig;
  /** Who earns. */
  readonly account: LocalAccount;
  /** Default: says nothing. */
  readonly log?: Log | undefined;
};

/** A node that works, until it is closed. */
export type RunningNode = {
  /** Where it answers. */
  readonly endpoint: string;
  /** Multiaddrs that other nodes can be told; none without gossip. */
  readonly addresses: readonly string[];
  /** What it offers now. */
  ask(): SignedAsk;
  status(): NodeStatus;
  earnings(): Promise<Earnings>;
  /** Redeems every voucher that pays. */
  redeem(): Promise<void>;
  /** Takes no new jobs; settles when those that it has are done. */
  drain(): Promise<void>;
  /** Stops; jobs that run go on from their last snapshot at the next start. */
  close(): Promise<void>;
};

/**
 * Starts a node: opens its folder, takes up what it was doing, listens.
 *
 * @throws `MillraceError` `JOURNAL_LOCKED`, `JOURNAL_ELSEWHERE`, `PORT_TAKEN`, and others of the disk or the chain
 *
 * @example
 * ```ts
 * const node = await startNode({ config: await loadConfig('node.json'), account })
 * console.log(node.endpoint)
 * await node.drain()
 * await node.close()
 * ```
 */
export async function startNode({
  config,
  account,
  log = silentLog(),
}: StartNodeOptions): Promise<RunningNode> {
  await mkdir(config.folder, { recursive: true, mode: 0o700 });
  const lock = await takeLock(join(config.folder, 'journal.lock'), { name: 'node' });
  const closers: Closers = [() => lock.release()];
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= closeAll(closers, log);
    return closed;
  };
  try {
    return await run({ config, account, log }, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function run(
  options: { config: NodeConfig; account: LocalAccount; log: Log },
  closers: Closers,
  close: () => Promise<void>,
): Promise<RunningNode> {
  const { config, log } = options;
  const { core, store } = await openCore(options, closers);
  const token = await openToken(join(config.folder, 'operator.token'));
  const escrow = new EscrowJobs(core);
  const restored = restoreJobs(core);
  if (restored > 0) log.info({ jobs: restored }, 'jobs go on');
  closers.push(() => stopJobs(core));
  closers.push(startWatch(core));

  const asks = await openAsks(core);
  closers.push(() => asks.close());
  const app = createApp(core, { store, escrow, asks, token });
  const server = await serve(app, { ...config.listen, connections: config.http.connections });
  core.mode.port = server.port;
  closers.push(() => server.close());
  const chores = startChores(core, escrow);
  closers.push(() => chores.close());
  log.info({ endpoint: endpointOf(core), node: core.account.address }, 'listening');

  return {
    endpoint: endpointOf(core),
    addresses: asks.addresses(),
    ask: () => askOf(core),
    status: () => statusOf(core, asks.peers()),
    earnings: () => earningsOf(core),
    redeem: () => redeemChannels(core, core.books.all()),
    drain: async () => {
      core.mode.isDraining = true;
      await core.scheduler.whenIdle();
    },
    close,
  };
}

function startWatch(core: Core): () => Promise<void> {
  const end = (job: LiveJob, reason: StopReason) => {
    endEarly(core, job, reason).catch((error: unknown) => {
      core.log.error({ job: job.id, reason, error: String(error) }, 'a job did not end early');
    });
  };
  const timer = setInterval(() => watchExposure(core, end), WATCH_MILLISECONDS);
  return async () => clearInterval(timer);
}

/** Ends what runs; it goes on from its last snapshot when the node starts again. */
async function stopJobs(core: Core): Promise<void> {
  core.scheduler.stop();
  for (const { job } of core.scheduler.live()) {
    if (job.state === 'queued' || job.state === 'ended') continue;
    job.stopReason = 'closing';
    job.stop.abort();
  }
  await core.scheduler.whenIdle('running');
}

/** The last that was opened is the first that is closed. */
async function closeAll(closers: Closers, log: Log): Promise<void> {
  for (const each of closers.splice(0).reverse()) {
    await each().catch((error: unknown) => log.error({ error: String(error) }, 'a part did not close'));
  }
}
