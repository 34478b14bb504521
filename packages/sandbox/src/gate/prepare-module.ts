import { instrumentModule } from '../instrument/instrument-module.ts';
import { decodeModule } from '../module/decode-module.ts';
import { referredFunctions } from '../scan/scan-context.ts';
import { scanFunction } from '../scan/scan-function.ts';
import { checkModule } from './check-module.ts';
import { isStepped } from './job-shape.ts';
import { jobPolicy, type Policy } from './policy.ts';

/**
 * Lets a module through the gate: reads, checks and validates it, then counts its fuel, calls and memory. Pure: the same
 * bytes give the same bytes, on every machine.
 *
 * @returns the instrumented module
 * @throws SandboxError `MODULE_*`
 *
 * @example
 * ```ts
 * const instrumented = prepareModule(await readFile('job.wasm'), jobPolicy('integer'))
 * ```
 */
export function prepareModule(bytes: Uint8Array, policy: Policy = jobPolicy('integer')): Uint8Array {
  const module = decodeModule(bytes, policy.limits);
  checkModule(module, policy);
  const context = {
    module,
    allowFloats: policy.profile === 'float',
    isStepped: policy.shape === 'job' && isStepped(module),
    referred: referredFunctions(module),
  };
  return instrumentModule(module, (index) => scanFunction(context, policy.limits, index), policy);
}
