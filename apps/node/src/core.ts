import type { Runtime, SigningDomain } from '@millrace/protocol/compute';
import type { JobRuntime } from '@millrace/runtimes';
import type { LocalAccount } from 'viem';
import type { NodeClient } from './chain/client.ts';
import type { Sender } from './chain/sender.ts';
import type { Books } from './channel/books.ts';
import type { NodeConfig } from './config/schema.ts';
import type { KeptContent } from './content/kept-content.ts';
import type { NodeContent } from './content/node-content.ts';
import type { UploadBudget } from './http/upload-budget.ts';
import type { Session } from './identity/session.ts';
import type { Ending } from './job/end-job.ts';
import type { KeptLogs } from './job/kept-logs.ts';
import type { LiveJob } from './job/live-job.ts';
import type { Scheduler } from './job/scheduler.ts';
import type { Journal } from './journal/journal.ts';
import type { Log } from './log.ts';
import type { Metrics } from './operator/metrics.ts';

/** What the parts of a node share. */
export type Core = {
  readonly config: NodeConfig;
  readonly account: LocalAccount;
  readonly session: Session;
  readonly client: NodeClient;
  readonly sender: Sender;
  readonly journal: Journal;
  readonly content: NodeContent;
  readonly kept: KeptContent;
  readonly uploads: UploadBudget;
  readonly runtimes: ReadonlyMap<Runtime, JobRuntime>;
  readonly books: Books;
  readonly scheduler: Scheduler;
  readonly domains: { readonly nodes: SigningDomain; readonly channels: SigningDomain };
  readonly logs: KeptLogs;
  readonly log: Log;
  /** Ends a job that waits. */
  readonly finish: (job: LiveJob, ending: Ending) => Promise<void>;
  readonly startedAt: number;
  /** `port`: where it listens. */
  readonly mode: { isDraining: boolean; port: number };
  readonly metrics: Metrics;
};

/** How others reach this node. */
export function endpointOf({ config, mode }: Core): string {
  return config.endpoint ?? `http://${config.listen.host}:${mode.port}`;
}
