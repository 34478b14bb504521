import { createInterface } from 'node:readline';
import { devnetAccount } from '@millrace/devnet';
import { bytesToHex } from 'viem';
import type { Scene } from '../scene/scene.ts';
import type { TourError } from '../tour-error.ts';
import { KEY_VARIABLE, type MachineSetting, writeMachineConfig } from './machine-config.ts';
import { machineFailure } from './machine-failure.ts';
import { runNodeProgram } from './node-program.ts';

/** A node of the scene, as a process of its own. */
export type Machine = {
  /** Where it answers. */
  readonly endpoint: string;
  /** Multiaddrs for those that come after it. */
  readonly addresses: readonly string[];
  /** Settles when the chain says where it answers, so that others find it. */
  readonly registered: Promise<void>;
  /** What it ended with. */
  readonly failed: Promise<TourError>;
  stop(): Promise<void>;
};

/** What a node logs that matters here. */
type Line = { msg?: string; endpoint?: string; addresses?: string[] };

/**
 * Starts `millrace-node` and waits until it listens.
 *
 * @param signal ends it while it starts; after that, `stop` does
 * @throws TourError `MACHINE_FAILED`
 */
export async function startMachine(
  scene: Scene,
  setting: MachineSetting,
  signal: AbortSignal,
): Promise<Machine> {
  const { account, name } = setting.kind;
  const path = await writeMachineConfig(scene, setting);
  const key = bytesToHex(devnetAccount(account).getHdKey().privateKey ?? new Uint8Array());
  const program = runNodeProgram(['start', '--config', path], { [KEY_VARIABLE]: key });
  const failed = program.ended.then((how) => machineFailure(name, how, program.said()));
  const lines = createInterface({ input: program.child.stdout });
  const hears = (words: string) =>
    new Promise<Line>((resolve) => {
      lines.on('line', (line) => {
        const said = readLine(line);
        if (said.msg === words) resolve(said);
      });
    });
  const [gossips, listens, registers] = ['gossip', 'listening', 'registered'].map(hears);
  const stop = () => void program.stop();
  signal.addEventListener('abort', stop);
  const first = await Promise.race([Promise.all([gossips, listens]), failed]);
  signal.removeEventListener('abort', stop);
  if (!Array.isArray(first)) throw first;
  const [{ addresses = [] } = {}, { endpoint = '' } = {}] = first;
  const registered = (registers ?? Promise.resolve({})).then(() => {});
  return { endpoint, addresses, registered, failed, stop: program.stop };
}

function readLine(line: string): Line {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return {};
  }
}
