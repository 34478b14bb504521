import { I32, isReference, type ValueType, type WasmModule } from '../module/types.ts';
import { SandboxError } from '../sandbox-error.ts';
import { functionType } from '../scan/scan-context.ts';
import { RESERVED_PREFIX } from './reserved-names.ts';

/** Whether a job is called again and again, so that it can be written down between two calls. */
export function isStepped(module: WasmModule): boolean {
  return findFunction(module, 'step') !== undefined;
}

/**
 * Checks what a job exports: memory, and either `run` or `step`.
 *
 * @throws SandboxError `MODULE_EXPORT_MISSING`, `MODULE_EXPORT_REFUSED`, `MODULE_STATE_HIDDEN`
 */
export function checkJobShape(module: WasmModule): void {
  const run = findFunction(module, 'run');
  const step = findFunction(module, 'step');
  if (!module.exports.some(({ name, kind }) => name === 'memory' && kind === 2)) throw missing('memory');
  if (run !== undefined && step !== undefined) {
    throw new SandboxError('MODULE_EXPORT_REFUSED', 'The module exports both `run` and `step`.', {
      name: 'step',
    });
  }
  if (run !== undefined) checkType(module, run, 'run', [[], [I32]]);
  else if (step !== undefined) checkType(module, step, 'step', [[I32]]);
  else throw missing('run');
  if (step !== undefined) checkGlobals(module);
}

/** @throws SandboxError `MODULE_EXPORT_REFUSED` for a name that is the host's */
export function checkName(name: string): void {
  if (!name.startsWith(RESERVED_PREFIX)) return;
  throw new SandboxError('MODULE_EXPORT_REFUSED', `The module exports \`${name}\`.`, { name });
}

/** A job in steps keeps state where no snapshot can hold it. @param what that it does, as a verb and its object */
export function refuseHidden(what: string, details: Record<string, string | number> = {}): SandboxError {
  return new SandboxError('MODULE_STATE_HIDDEN', `The module exports \`step\`, and ${what}.`, details);
}

function checkType(
  module: WasmModule,
  index: number,
  name: string,
  allowed: readonly (readonly ValueType[])[],
): void {
  const { params, results } = functionType(module, index);
  const isAllowed = allowed.some((each) => each.length === results.length && each[0] === results[0]);
  if (params.length === 0 && isAllowed) return;
  throw new SandboxError('MODULE_EXPORT_MISSING', `The exported \`${name}\` has another type.`, {
    missing: name,
  });
}

/** A reference means nothing outside of its instance. */
function checkGlobals({ globals }: WasmModule): void {
  const hidden = globals.findIndex(({ type, isMutable }) => isMutable && isReference(type));
  if (hidden >= 0) throw refuseHidden('has a mutable global that holds a reference', { global: hidden });
}

function findFunction({ exports }: WasmModule, wanted: string): number | undefined {
  return exports.find(({ name, kind }) => name === wanted && kind === 0)?.index;
}

function missing(name: string): SandboxError {
  return new SandboxError('MODULE_EXPORT_MISSING', `The module does not export \`${name}\`.`, {
    missing: name,
  });
}
