import { existsSync, readFileSync } from 'node:fs';
import { type Deployment, deploymentSchema } from '@millrace/devnet';
import { MillraceError } from '@millrace/protocol';
import { createPublicClient, http, type PublicClient } from 'viem';
import { devnetFiles } from '../devnet/devnet-record.ts';
import { runningDevnet } from '../devnet/start-in-background.ts';
import type { Session } from '../session.ts';

const DEVNET_CHAIN_ID = 31_337;

/** A node that answered, on the chain that was expected. */
export type Connection = {
  client: PublicClient;
  url: string;
  chainId: number;
  /** Where the contracts are, when it is known. */
  deployment: Deployment | undefined;
  /** Whether it is a chain on this machine, whose keys everyone knows and whose coins are worth nothing. */
  isDevnet: boolean;
};

/**
 * Connects to the node of `--rpc`, the environment or the configuration, otherwise to the local chain.
 *
 * @throws {@link MillraceError} `NO_NODE`, `WRONG_CHAIN`, or what the node's silence is called.
 */
export async function connect(session: Session): Promise<Connection> {
  const { settings } = session;
  const devnet = runningDevnet(settings.stateFolder);
  const url = settings.rpc?.url ?? devnet?.rpc;
  if (url === undefined) throw noNode();
  const client = createPublicClient({
    transport: http(url, { timeout: settings.timeoutMilliseconds, retryCount: 0 }),
    cacheTime: 0,
    pollingInterval: isLoopback(url) ? 100 : 1_000,
  });
  const deployment = readDeployment(session);
  const chainId = await client.getChainId();
  const expected = settings.chainId ?? deployment?.chainId;
  if (expected !== undefined && expected !== chainId) throw wrongChain(url, expected, chainId);
  return { client, url, chainId, deployment, isDevnet: isLocal(url, chainId) };
}

/** The chain id of anvil, and a node that only this machine can reach. */
function isLocal(url: string, chainId: number): boolean {
  return chainId === DEVNET_CHAIN_ID && isLoopback(url);
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

function readDeployment({ settings }: Session): Deployment | undefined {
  const path = settings.deployment?.path ?? devnetFiles(settings.stateFolder).deployment;
  if (!existsSync(path)) {
    if (settings.deployment === undefined) return undefined;
    throw new MillraceError(`There is no deployment file ${path}.`, {
      code: 'DEPLOYMENT_MISSING',
      fault: 'user',
      hint: `It was named by ${settings.deployment.from}. The local chain writes one to .millrace/deployment.json.`,
      details: { path },
    });
  }
  return parseDeployment(path);
}

function parseDeployment(path: string): Deployment {
  let reason = 'it is not JSON';
  try {
    const result = deploymentSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    reason = `“${issue?.path.join('.')}”: ${issue?.message}`;
  } catch {
    // What it is not has been said.
  }
  throw new MillraceError(`${path} is no deployment: ${reason}.`, {
    code: 'DEPLOYMENT_MALFORMED',
    fault: 'user',
    hint: 'Deploy again, or name another file with --deployment.',
    details: { path, reason },
  });
}

function noNode(): MillraceError {
  return new MillraceError('There is no node to talk to.', {
    code: 'NO_NODE',
    fault: 'user',
    hint: 'Start a local chain with `millrace dev up`, or name a node with --rpc or MILLRACE_RPC.',
  });
}

function wrongChain(url: string, expected: number, actual: number): MillraceError {
  return new MillraceError(`The node ${url} is on chain ${actual}, not ${expected}.`, {
    code: 'WRONG_CHAIN',
    fault: 'user',
    hint: 'Check --rpc, --chain and --deployment: they belong to one chain.',
    details: { url, expected, actual },
  });
}
