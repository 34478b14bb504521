import { SandboxError } from '../sandbox-error.ts';

/** @param feature as a person calls it, lower case @param offset in the module, in bytes */
export function refuseFeature(feature: string, offset: number): SandboxError {
  return new SandboxError('MODULE_FEATURE_REFUSED', `The module uses ${feature}.`, { feature, offset });
}

/** @param what that is too many or too large, as a plural */
export function refuseSize(what: string, actual: number, allowed: number): SandboxError {
  const details = { what, actual, allowed };
  return new SandboxError(
    'MODULE_TOO_LARGE',
    `The module has too many ${what}: ${actual} of ${allowed}.`,
    details,
  );
}

export function refuseInvalid(what: string, details: Record<string, string | number>): SandboxError {
  return new SandboxError('MODULE_INVALID', `The module is not valid: ${what}.`, details);
}
