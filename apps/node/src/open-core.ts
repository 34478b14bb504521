import { join, resolve } from 'node:path';
import type { BlockStore } from '@millrace/content';
import { openFolderStore } from '@millrace/content/folder';
import { addWork, type Cid, signingDomain } from '@millrace/protocol/compute';
import { getLastSession, isSignedOnChain } from '@millrace/sdk/compute';
import type { LocalAccount } from 'viem';
import { createNodeClient } from './chain/client.ts';
import { Sender } from './chain/sender.ts';
import { Books } from './channel/books.ts';
import type { NodeConfig } from './config/schema.ts';
import { openKeptContent } from './content/kept-content.ts';
import { createNodeContent } from './content/node-content.ts';
import { SmallResults } from './content/small-results.ts';
import { withSmallResults } from './content/with-small-results.ts';
import type { Core } from './core.ts';
import { describeError } from './errors.ts';
import { UploadBudget } from './http/upload-budget.ts';
import { Session } from './identity/session.ts';
import { KeptLogs } from './job/kept-logs.ts';
import { openRuntimes } from './job/open-runtimes.ts';
import { finishJob, type Performance, performJob } from './job/perform.ts';
import { Scheduler } from './job/scheduler.ts';
import { openNodeJournal } from './journal/journal.ts';
import type { Log } from './log.ts';
import { createMetrics } from './operator/metrics.ts';
import { ReceiptWriter } from './receipt/receipt-writer.ts';

/** What has to be closed, in the order in which it was opened. */
export type Closers = (() => Promise<unknown>)[];

/** What all parts share, and the store behind the gateway. Nothing runs yet. */
export async function openCore(
  { config, account, log }: { config: NodeConfig; account: LocalAccount; log: Log },
  closers: Closers,
): Promise<{ core: Core; store: BlockStore }> {
  const { chainId } = config.chain;
  const { channels, nodeRegistry, jobMarket } = config.contracts;
  const client = createNodeClient(config.chain, account);
  const session = await Session.open({
    ...{ path: join(config.folder, 'session.json'), account, registry: nodeRegistry, chainId },
    last: () => getLastSession(client, { registry: nodeRegistry, node: account.address }),
  });
  const home = { chainId, node: account.address, channels, jobMarket, token: config.token };
  const journal = await openNodeJournal(join(config.folder, 'journal'), home, config.remember);
  closers.push(() => journal.close());
  const folder = await openFolderStore(join(config.folder, 'content'), {
    maxBytes: config.http.contentBytes,
  });
  const small = new SmallResults(journal.state);
  const smallResultOf = (cid: Cid) => small.get(cid);
  const store = withSmallResults(folder, smallResultOf);
  const kept = await openKeptContent(folder, journal.state, {
    maxBytes: config.http.contentBytes,
    smallResultOf,
    onLost: (job, error) => log.warn({ job, error: describeError(error) }, 'content of a job is lost'),
  });

  const slots = config.slots ?? Math.max(1, config.hardware.cores);
  const owner = `${account.address} ${resolve(config.folder)}`;
  const runtimes = await openRuntimes(config.runtimes, { slots, owner, log });
  closers.push(() => Promise.all([...runtimes.values()].map((runtime) => runtime.close())));
  const domains = {
    nodes: signingDomain('nodes', { chainId, contract: nodeRegistry }),
    channels: signingDomain('channels', { chainId, contract: channels }),
  };
  const books = new Books(journal, domains.channels, isSignedOnChain(client));
  const { head, lastEnd } = journal.state;
  const writer = new ReceiptWriter({
    ...{ head, lastEnd, session, node: account.address, power: config.power },
  });
  const core: Core = {
    ...{ config, account, session, client, journal, runtimes, books, domains, log },
    content: createNodeContent(store),
    kept,
    uploads: new UploadBudget(config.http.uploadBytesPerHour),
    scheduler: new Scheduler(slots, (job, leave) => performJob(performing, job, leave)),
    sender: new Sender(),
    logs: new KeptLogs(),
    metrics: createMetrics(),
    finish: (job, ending) => finishJob(performing, job, ending),
    startedAt: Date.now(),
    mode: { isDraining: false, port: 0 },
  };
  const performing: Performance = {
    core,
    writer,
    onReceipt: (job, billed) => {
      const channel = books.get(job.facts.funding);
      if (channel === undefined) return;
      channel.settled = addWork(channel.settled, billed);
      channel.suspended.delete(job);
    },
    onEnded: (job, end) => {
      small.add(end);
      kept.ended(end.id);
      core.metrics.ended.inc({ outcome: String(end.receipt.receipt.outcome) });
      if (job.log.size > 2) core.logs.keep(job.id, job.log);
      books.get(job.facts.funding)?.bell.ring();
    },
  };
  return { core, store };
}
