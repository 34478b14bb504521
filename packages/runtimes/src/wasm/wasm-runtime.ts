import { createReceiptTree } from '@millrace/protocol/compute';
import { fuelOfSnapshot, openSandbox, type Sandbox, type SandboxOptions } from '@millrace/sandbox';
import { type Hex, hexToBytes } from 'viem';
import type { Availability, JobRuntime } from '../runtime.ts';
import { RuntimeError } from '../runtime-error.ts';
import type { RuntimeResult, RuntimeTask } from '../task.ts';
import { joinInputs } from './join-inputs.ts';

/** How many jobs run at once, how long a module may take to compile, how many modules are kept ready. */
export type WasmOptions = SandboxOptions;

/**
 * Runs WebAssembly in the sandbox: the result is a function of module, inputs, seed and fuel on every machine. Its threads
 * start at once and wait for work; `close` ends them.
 *
 * @example
 * ```ts
 * const wasm = createWasmRuntime({ threads: 4 })
 * const { output, fuel } = await wasm.run({ spec, module, inputs: [], gate, signal, listener: {} })
 * ```
 */
export function createWasmRuntime(options: WasmOptions = {}): JobRuntime {
  return new WasmRuntime(options);
}

class WasmRuntime implements JobRuntime {
  readonly runtime = 'wasm';
  readonly tiers = ['deterministic'] as const;
  readonly canResume = true;
  private readonly sandbox: Promise<Sandbox>;

  constructor(options: WasmOptions) {
    this.sandbox = openSandbox(options);
    // Whoever asks or runs hears of it; nobody may ever.
    this.sandbox.catch(() => {});
  }

  async availability(): Promise<Availability> {
    try {
      await this.sandbox;
      return { available: true };
    } catch (error) {
      return {
        available: false,
        reason: `The threads of the sandbox do not start: ${(error as Error).message}`,
      };
    }
  }

  async run(task: RuntimeTask): Promise<RuntimeResult> {
    const { spec, listener, gate, signal, snapshotSeconds, resume } = task;
    const { onLog, onProgress, onOutput, onSpent, onSnapshot } = listener;
    const sandbox = await this.sandbox;
    if (resume) requireFuel(resume);
    const { output, fuel, checkpoints } = await sandbox.run({
      ...{ module: task.module, profile: spec.profile, input: joinInputs(task.inputs) },
      ...{ gate, signal, snapshotSeconds, onLog, onProgress, onOutput, onSpent, resume: resume?.bytes },
      seed: hexToBytes(spec.seed),
      seconds: spec.timeMilliseconds / 1_000,
      limits: { fuel: spec.fuel, memoryPages: spec.memoryPages, outputBytes: spec.outputBytes },
      onSnapshot:
        onSnapshot &&
        ((snapshot) => {
          onSnapshot({ ...snapshot, state: toHex(snapshot.state) });
        }),
    });
    // The tree of receipts, so that one proof and one check serve both.
    return {
      output,
      fuel,
      checkpoints: createReceiptTree(checkpoints.map(({ state }) => toHex(state))).root,
    };
  }

  async close(): Promise<void> {
    const sandbox = await this.sandbox.catch(() => undefined);
    await sandbox?.close();
  }
}

/** What was spent elsewhere is not paid here: so whoever orders must not be able to say more than it was. */
function requireFuel({ bytes, fuel }: NonNullable<RuntimeTask['resume']>): void {
  const spent = fuelOfSnapshot(bytes);
  if (spent === fuel) return;
  const reason = 'it says another fuel';
  const facts = { reason, expected: fuel.toString(), actual: spent.toString() };
  throw new RuntimeError('SNAPSHOT_INVALID', `The snapshot cannot be used: ${reason}.`, facts);
}

function toHex(digits: string): Hex {
  return `0x${digits}`;
}
