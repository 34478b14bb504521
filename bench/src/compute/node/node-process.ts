import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { devnetAccount, freePort } from '@millrace/devnet';
import type { NodeConfigInput } from '@millrace/node';
import { earningsSchema, ROUTES, readWireText } from '@millrace/protocol/wire';
import { type Address, bytesToHex } from 'viem';
import { type ComputeWorld, FIRST_NODE_ACCOUNT } from './compute-world.ts';
import { KEY_VARIABLE, nodeConfig } from './node-config.ts';

/** A node in a process of its own: what `millrace-node start` runs. */
export type NodeProcess = {
  readonly name: string;
  readonly address: Address;
  /** Where it listens; its ask may name something before it. */
  readonly endpoint: string;
  /** Of the process that runs, or ran last. */
  readonly pid: () => number;
  /** Where others gossip with it, once it has started and if it logs what it does. */
  readonly addresses: () => readonly string[];
  start(): Promise<void>;
  /** SIGKILL: nothing is written any more. */
  kill(): Promise<void>;
  earnings(): Promise<ReturnType<typeof earningsSchema.parse>>;
  /** Redeems every voucher that pays, and sends the credit to the account of the node. */
  redeemAndCollect(): Promise<void>;
};

const PROGRAM = fileURLToPath(import.meta.resolve('@millrace/node/program'));
/** As the commands of this repository run its programs, whoever runs this one. */
const SOURCES = ['--conditions=@millrace/source', '--import', 'tsx'];
/** What an operator need not see, as pino writes it. */
const QUIET: ReadonlySet<unknown> = new Set(['trace', 'debug', 'info', 10, 20, 30]);
const START_MILLISECONDS = 120_000;

/** Runs the program of the node to its end. @returns what it wrote */
export async function runNodeProgram(args: readonly string[]): Promise<string> {
  const child = spawnProgram(args, {});
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => {
    text += piece;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`millrace-node ${args.join(' ')} ended with ${code}.`);
  return text;
}

/** A node of an account of the devnet; nothing runs until it is started. @param index from 0 */
export async function createNodeProcess(
  world: ComputeWorld,
  index: number,
  changes: Partial<NodeConfigInput> = {},
): Promise<NodeProcess> {
  const name = `node-${index}`;
  const account = devnetAccount(FIRST_NODE_ACCOUNT + index);
  const port = changes.listen?.port ?? (await freePort());
  const folder = join(world.folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'config.json');
  const config = nodeConfig(world, 'data', { ...changes, listen: { ...changes.listen, port } });
  writeFileSync(path, JSON.stringify(config));
  const key = bytesToHex(account.getHdKey().privateKey as Uint8Array);
  const endpoint = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let addresses: readonly string[] = [];

  const ask = async (method: string, route: string) => {
    const token = readFileSync(join(folder, 'data', 'operator.token'), 'utf8').trim();
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(endpoint + route, { method, headers });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
    return readWireText(earningsSchema, await response.text());
  };

  const node: NodeProcess = {
    name,
    address: account.address,
    endpoint,
    pid: () => child?.pid ?? 0,
    addresses: () => addresses,
    start: async () => {
      const started = spawnProgram(['start', '--config', path], { [KEY_VARIABLE]: key });
      child = started;
      createInterface({ input: started.stdout as Readable }).on('line', (line) => {
        const said = JSON.parse(line) as { level?: string | number; addresses?: string[] };
        addresses = said.addresses ?? addresses;
        if (!QUIET.has(said.level)) process.stderr.write(`${name}: ${line}\n`);
      });
      world.nodes.add(node);
      await listens(endpoint, started);
    },
    kill: async () => {
      world.nodes.delete(node);
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    earnings: () => ask('GET', ROUTES.earnings),
    redeemAndCollect: async () => {
      await ask('POST', `${ROUTES.redeem}?collect=1`);
    },
  };
  return node;
}

/** However this process ends, no node is left behind. */
const children = new Set<ChildProcess>();
const killAll = () => {
  for (const child of children) child.kill('SIGKILL');
};

function spawnProgram(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn(process.execPath, [...SOURCES, PROGRAM, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (children.size === 0) process.once('exit', killAll);
  children.add(child);
  child.once('exit', () => {
    children.delete(child);
    if (children.size === 0) process.off('exit', killAll);
  });
  return child;
}

async function listens(endpoint: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_MILLISECONDS;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The node at ${endpoint} ended with ${child.exitCode}.`);
    const response = await fetch(endpoint + ROUTES.ask).catch(() => undefined);
    if (response?.ok) return void (await response.text());
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The node at ${endpoint} does not answer.`);
}
