import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openFolderStore } from '@millrace/content/folder';
import { takeLock } from '@millrace/journal';
import { addWork, signingDomain } from '@millrace/protocol/compute';
import type { Earnings, NodeStatus, SignedAsk } from '@millrace/protocol/wire';
import { isSignedOnChain } from '@millrace/sdk/compute';
import type { LocalAccount } from 'viem';
import { createNodeClient } from './chain/client.ts';
import { Sender } from './chain/sender.ts';
import { Books } from './channel/books.ts';
import { redeemChannels } from './channel/redeem.ts';
import type { NodeConfig } from './config/schema.ts';
import { createNodeContent } from './content/node-content.ts';
import { SmallResults } from './content/small-results.ts';
import { withSmallResults } from './content/with-small-results.ts';
import type { AskSource, Core } from './core.ts';
import { createApp } from './http/app.ts';
import { askOf, statusOf } from './http/node-state.ts';
import { serve } from './http/serve.ts';
import { openSession } from './identity/session.ts';
import { KeptLogs } from './job/kept-logs.ts';
import { openRuntimes } from './job/open-runtimes.ts';
import { finishJob, type Performance, performJob } from './job/perform.ts';
import { restoreJobs } from './job/restore-jobs.ts';
import { Scheduler } from './job/scheduler.ts';
import { endEarly } from './job/stop-job.ts';
import { openNodeJournal } from './journal/journal.ts';
import { type Log, silentLog } from './log.ts';
import { WATCH_MILLISECONDS, watchExposure } from './meter/exposure-watch.ts';
import { earningsOf } from './operator/earnings.ts';
import { ReceiptWriter } from './receipt/receipt-writer.ts';

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
export async function startNode(options: StartNodeOptions): Promise<RunningNode> {
  const { config, account, log = silentLog() } = options;
  await mkdir(config.folder, { recursive: true, mode: 0o700 });
  const lock = await takeLock(join(config.folder, 'journal.lock'), { name: 'node' });
  const closers: (() => Promise<unknown>)[] = [() => lock.release()];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) {
      await each().catch((error: unknown) => log.error({ error: String(error) }, 'a part did not close'));
    }
  };
  try {
    return await startParts({ config, account, log }, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function startParts(
  { config, account, log }: Required<Pick<StartNodeOptions, 'config' | 'account'>> & { log: Log },
  closers: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<RunningNode> {
  const { chainId } = config.chain;
  const { channels, nodeRegistry, jobMarket } = config.contracts;
  const client = createNodeClient(config.chain, account);
  const session = await openSession({
    ...{ path: join(config.folder, 'session.json'), account, registry: nodeRegistry, chainId },
    time: BigInt(Math.floor(Date.now() / 1_000)),
  });
  const home = { chainId, node: account.address, channels, jobMarket, token: config.token };
  const journal = await openNodeJournal(join(config.folder, 'journal'), home);
  closers.push(() => journal.close());
  const store = await openFolderStore(join(config.folder, 'content'), { maxBytes: config.http.contentBytes });
  const small = new SmallResults(journal.state);
  const blocks = withSmallResults(store, (cid) => small.get(cid));

  const slots = config.slots ?? Math.max(1, config.hardware.cores);
  const runtimes = await openRuntimes(config.runtimes, slots, log);
  closers.push(() => Promise.all([...runtimes.values()].map((runtime) => runtime.close())));
  const domains = {
    nodes: signingDomain('nodes', { chainId, contract: nodeRegistry }),
    channels: signingDomain('channels', { chainId, contract: channels }),
  };
  const books = new Books(journal, domains.channels, isSignedOnChain(client));
  const { head, lastEnd } = journal.state;
  const writer = new ReceiptWriter({
    ...{ head, lastEnd, session: session.key, node: account.address, power: config.power },
  });
  let port = 0;
  const core: Core = {
    ...{ config, account, session, client, journal, runtimes, books, domains, log },
    content: createNodeContent(blocks),
    scheduler: new Scheduler(slots, (job) => performJob(performing, job)),
    logs: new KeptLogs(),
    finish: (job, ending) => finishJob(performing, job, ending),
    endpoint: () => config.endpoint ?? `http://${config.listen.host}:${port}`,
    startedAt: Date.now(),
    mode: { isDraining: false },
    asks: NO_GOSSIP,
    sender: new Sender(),
  };
  const performing: Performance = {
    core,
    writer,
    onReceipt: (job, billed) => {
      const channel = books.get(job.facts.funding);
      if (channel !== undefined) channel.settled = addWork(channel.settled, billed);
    },
    onEnded: (job, end) => {
      small.add(end);
      if (job.log.size > 2) core.logs.keep(job.id, job.log);
      books.get(job.facts.funding)?.bell.ring();
    },
  };

  const restored = restoreJobs(core);
  if (restored > 0) log.info({ jobs: restored }, 'jobs go on');
  const watch = setInterval(() => {
    watchExposure(core, (job) => void endEarly(core, job, 'deadline').catch((error: unknown) => fail(error)));
  }, WATCH_MILLISECONDS);
  closers.push(async () => clearInterval(watch));
  const fail = (error: unknown) => log.fatal({ error: String(error) }, 'the node cannot go on');

  closers.push(() => stopJobs(core));
  const server = await serve(createApp(core, blocks), {
    ...config.listen,
    connections: config.http.connections,
  });
  port = server.port;
  closers.push(() => server.close());
  log.info({ endpoint: core.endpoint(), node: account.address }, 'listening');

  return {
    endpoint: core.endpoint(),
    ask: () => askOf(core),
    status: () => statusOf(core),
    earnings: () => earningsOf(core),
    redeem: () => redeemChannels(core, books.all()),
    drain: async () => {
      core.mode.isDraining = true;
      await core.scheduler.whenIdle();
    },
    close,
  };
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

const NO_GOSSIP: AskSource = { known: () => [], peers: () => 0, tell: async () => {} };
