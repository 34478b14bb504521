import { type AccessSource, createHttpRpc, detectSource, type Layout, type Rpc } from '@millrace/parallel';
import { MillraceError } from '@millrace/protocol';
import { runningDevnet } from '../devnet/start-in-background.ts';
import type { Session } from '../session.ts';
import { findLayouts } from './find-layouts.ts';
import { parseLabels, parseSource, type ReadingOptions } from './options.ts';

/** A chain that tells what its transactions touch, and what is known about its names. */
export type TracedChain = {
  rpc: Rpc;
  source: AccessSource;
  layouts: readonly Layout[];
  labels: ReadonlyMap<string, string>;
  /** Names of layouts, by address. */
  assigned: ReadonlyMap<string, string>;
};

/** Tracing a block takes longer than anything else that is asked: this many times the patience with other questions. */
const PATIENCE = 20;

/**
 * Connects to the node of `--rpc`, the environment or the configuration, otherwise to the local chain, and finds out how to
 * ask it. What it cannot tell is said on the way.
 *
 * @throws {@link MillraceError} `NO_NODE`, and what the node's refusals are called
 */
export async function openChain(session: Session, options: ReadingOptions): Promise<TracedChain> {
  const { settings } = session;
  const url = settings.rpc?.url ?? runningDevnet(settings.stateFolder)?.rpc;
  if (url === undefined) {
    throw new MillraceError('There is no node to talk to.', {
      code: 'NO_NODE',
      fault: 'user',
      hint: 'Start a local chain with `millrace dev up`, or name a node with --rpc or MILLRACE_RPC.',
    });
  }
  const [labels, assigned] = [parseLabels(options.label), parseLabels(options.contract)];
  const layouts = findLayouts(options.layout, session.cwd);
  const rpc = createHttpRpc({ url, timeoutSeconds: (settings.timeoutMilliseconds / 1000) * PATIENCE });
  const prefer = options.source && parseSource(options.source);
  const { source, passedOver } = await detectSource(rpc, {
    signal: session.signal,
    ...(prefer && { prefer }),
  });
  for (const reason of passedOver) session.terminal.note(`Passed over: ${reason}`);
  return { rpc, source, layouts, labels, assigned };
}
