import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { saveDeployment } from '@millrace/devnet';
import { createRpc } from '../chain/rpc.ts';
import type { Scene } from '../scene/scene.ts';
import { TourError } from '../tour-error.ts';

/** Where the CLI looks for a local chain. */
export const STATE_FOLDER = '.millrace';

const RECORD = 'devnet.json';

/**
 * Tells the CLI of this folder where chain and contracts are, as `millrace dev up` does.
 *
 * @returns a function that takes it back
 */
export async function openForOthers(
  { chain, deployment }: Scene,
  folder: string,
): Promise<() => Promise<void>> {
  const paths = [saveDeployment(folder, deployment), join(folder, RECORD)];
  const record = {
    pid: process.pid,
    rpc: chain.url,
    port: Number(new URL(chain.url).port),
    chainId: deployment.chainId,
    startedAt: new Date().toISOString(),
  };
  await writeFile(join(folder, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
  return async () => {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
  };
}

/**
 * Makes sure that no other local chain keeps its files in `folder`.
 *
 * @throws {@link TourError} `CHAIN_RUNS` when one does and answers.
 */
export async function requireNoOther(folder: string): Promise<void> {
  const record = await readRecord(folder);
  if (record === undefined || !(await answers(record.rpc))) return;
  throw new TourError(`A local chain runs already at ${record.rpc}.`, {
    code: 'CHAIN_RUNS',
    fault: 'user',
    hint: 'End it first: `npm run -s millrace -- dev down`, or Ctrl-C where `npm start` runs.',
    details: record,
  });
}

async function readRecord(folder: string): Promise<{ rpc: string } | undefined> {
  try {
    const { rpc } = JSON.parse(await readFile(join(folder, RECORD), 'utf8')) as { rpc?: unknown };
    return typeof rpc === 'string' ? { rpc } : undefined;
  } catch {
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await createRpc(url).request('eth_chainId');
    return true;
  } catch {
    return false;
  }
}
