import { setTimeout as sleep } from 'node:timers/promises';
import { createDevnetClient, devnetAccount } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import { createRenter, type JobResult, type Renter } from '@millrace/sdk/rent';
import type { Address } from 'viem';
import { RENTER_ACCOUNT } from '../people/accounts.ts';
import type { Scene } from '../scene/scene.ts';
import type { MachineNews } from './machine-panel.ts';
import { openWork, type Work } from './work.ts';

/** What the renter of the scene needs to know, and whom it tells. */
export type RentOptions = {
  /** Where nodes of others than the scene are found too. */
  readonly scene: Scene;
  /** Machines that can be rented now: where they are. */
  readonly regions: () => readonly string[];
  /** Ether in dollars now, 8 decimals. */
  readonly price: () => bigint;
  readonly nameOf: (node: Address) => string;
  /** A machine got work, of this kind. */
  readonly onWork: (node: Address, label: string) => void;
  readonly tell: (news: MachineNews) => void;
  readonly signal: AbortSignal;
};

/** One small job every so often, so that the replay keeps its processor. */
const PAUSE_MILLISECONDS = 2_500;
/** A deposit for many hours of this. */
const DEPOSIT = 1_000_000n;
const TIMEOUT_MILLISECONDS = 30_000;

/** Rents the machines of the scene until it is told to stop: digits on each in turn, then a risk on all of them. */
export async function rentMachines(options: RentOptions): Promise<void> {
  const { scene, signal, regions, price } = options;
  const { compute } = scene.deployment;
  if (compute === undefined) return;
  const supply = await openWork();
  const renter = await createRenter({
    client: createDevnetClient(scene.chain, { account: devnetAccount(RENTER_ACCOUNT) }),
    contracts: compute,
    token: compute.token.address,
    deposits: { leastDeposit: DEPOSIT },
  });
  try {
    for (let turn = 0; !signal.aborted; turn++) {
      const open = regions();
      const region = open[turn % (open.length + 1)];
      const isRisk = region === undefined;
      if (open.length > 0) {
        const work = isRisk ? await supply.risk(price(), open) : await supply.digits(region);
        await perform(renter, work, options);
      }
      await sleep(PAUSE_MILLISECONDS, undefined, { signal }).catch(() => {});
    }
  } finally {
    await renter.close();
  }
}

async function perform(
  renter: Renter,
  work: Work,
  { onWork, nameOf, tell, signal }: RentOptions,
): Promise<void> {
  const nodes = Math.max(1, work.jobs.length);
  const many = renter.runMany(work.jobs, { nodes, timeoutMilliseconds: TIMEOUT_MILLISECONDS, watch: false });
  const stop = () => many.stop();
  signal.addEventListener('abort', stop);
  for (const handle of many.handles) void follow(handle, (node) => onWork(node, work.label));
  const ends = await many.done;
  signal.removeEventListener('abort', stop);
  if (signal.aborted) return;
  const results = ends.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const failed = ends.find(({ error }) => error !== undefined)?.error;
  if (failed === undefined) tell({ tone: 'plain', text: work.tell(results, whoDid(results, nameOf)) });
  else tell({ tone: 'bad', text: `no ${work.label}: ${wordsOf(failed)}` });
}

async function follow(
  handle: AsyncIterable<{ type: string; node?: Address }>,
  onChosen: (node: Address) => void,
): Promise<void> {
  for await (const { type, node } of handle) if (type === 'chosen' && node !== undefined) onChosen(node);
}

function whoDid(results: readonly JobResult[], nameOf: (node: Address) => string): string {
  const names = [...new Set(results.map(({ node }) => nameOf(node)))];
  return names.length === 1 ? `${names[0]}` : `${names.length} machines`;
}

function wordsOf(error: unknown): string {
  return error instanceof MillraceError ? `${error.shortMessage} [${error.code}]` : String(error);
}
