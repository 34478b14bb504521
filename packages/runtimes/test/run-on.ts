import { parseJobSpec } from '@millrace/protocol/compute';
import { PauseGate } from '@millrace/sandbox';
import type { JobRuntime } from '../src/runtime.ts';
import type { RuntimeResult, RuntimeTask } from '../src/task.ts';

/** Any CID: these runtimes get content, and do not look at names. */
const CID = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';

/** A job with everything that a test does not care about. */
export function taskOf(
  module: Uint8Array,
  inputs: readonly Uint8Array[],
  { spec, ...rest }: Partial<Omit<RuntimeTask, 'spec'>> & { spec?: Record<string, unknown> } = {},
): RuntimeTask {
  const { needs, ...fields } = spec ?? {};
  return {
    spec: parseJobSpec({
      version: 1,
      runtime: 'onnx',
      module: CID,
      fuel: 10n ** 15n,
      needs: { priceCap: 1n, ...(needs as object) },
      ...fields,
    }),
    module,
    inputs,
    gate: new PauseGate(),
    signal: new AbortController().signal,
    listener: {},
    ...rest,
  };
}

export function runOn(
  runtime: JobRuntime,
  module: Uint8Array,
  inputs: readonly Uint8Array[],
  rest?: Parameters<typeof taskOf>[2],
): Promise<RuntimeResult> {
  return runtime.run(taskOf(module, inputs, rest));
}
