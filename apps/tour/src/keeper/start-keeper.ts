import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { devnetAccount } from '@millrace/devnet';
import { bytesToHex } from 'viem';
import { KEEPER_ACCOUNT } from '../people/accounts.ts';
import type { Scene } from '../scene/scene.ts';
import { TourError } from '../tour-error.ts';
import type { Keeper, KeeperAction, KeeperPass } from './keeper.ts';
import { KEY_VARIABLE, writeKeeperConfig } from './keeper-config.ts';

const PROGRAM = fileURLToPath(new URL('../../../keeper/src/main.ts', import.meta.url));
const FLAGS = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx'), PROGRAM];
const PATIENCE_MILLISECONDS = 60_000;

/**
 * Starts the keeper of this repository as a process of its own that makes one round for each line it reads.
 *
 * @throws {@link TourError} `KEEPER_FAILED` from `pass` when it has ended or does not answer.
 */
export async function startKeeper(scene: Scene): Promise<Keeper> {
  const { folder, path } = await writeKeeperConfig(scene);
  const key = bytesToHex(devnetAccount(KEEPER_ACCOUNT).getHdKey().privateKey ?? new Uint8Array());
  const env = { ...process.env, [KEY_VARIABLE]: key };
  const child = spawn(process.execPath, [...FLAGS, '--config', path, '--step'], { env });
  const answers = readAnswers(child);
  return {
    pid: child.pid,
    pass: () => {
      child.stdin.write('\n');
      return answers.next();
    },
    stop: async () => {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Pairs each line that the keeper prints with whoever asked for it; when it ends, nobody waits any longer. */
function readAnswers(child: ChildProcessWithoutNullStreams) {
  let said = '';
  let ended: TourError | undefined;
  let asked: { resolve: (pass: KeeperPass) => void; reject: (error: TourError) => void } | undefined;
  const fail = (why: string) => {
    ended = new TourError(`The keeper ${why}.`, {
      code: 'KEEPER_FAILED',
      fault: 'protocol',
      hint: said.trim().split('\n').slice(-3).join('\n'),
    });
    asked?.reject(ended);
  };
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4_000);
  });
  child.stdin.on('error', () => {});
  child.on('error', (error) => fail(`could not be started: ${error.message}`));
  child.on('close', (code, signal) => fail(`has ended (${signal ?? `exit code ${code}`})`));
  createInterface({ input: child.stdout }).on('line', (line) => asked?.resolve(toPass(line)));

  const next = (): Promise<KeeperPass> => {
    if (ended !== undefined) return Promise.reject(ended);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail('does not answer'), PATIENCE_MILLISECONDS);
      const settle = () => {
        clearTimeout(timer);
        asked = undefined;
      };
      asked = {
        resolve: (pass) => {
          settle();
          resolve(pass);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
    });
  };
  return { next };
}

function toPass(line: string): KeeperPass {
  const { good, sent, openIntents } = JSON.parse(line) as {
    good: boolean;
    sent: KeeperAction[];
    openIntents: number;
  };
  return { good, sent, openIntents };
}

/** Closing its input tells it to stop in order. */
function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 5_000);
    child.once('exit', () => {
      clearTimeout(force);
      resolve();
    });
    child.stdin.end();
  });
}
