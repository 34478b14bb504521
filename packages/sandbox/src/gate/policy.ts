import { type HostFunction, JOB_IMPORTS } from '../job/job-imports.ts';
import { MODULE_LIMITS, type ModuleLimits } from './module-limits.ts';

/** `integer`: no floats at all. `float`: scalar floats, with one NaN. */
export type Profile = 'integer' | 'float';

/** What a module has to be like to be let through. Everybody who compares results uses the same one. */
export type Policy = {
  readonly profile: Profile;
  readonly limits: ModuleLimits;
  /** By `module.name`. */
  readonly imports: Readonly<Record<string, HostFunction>>;
  /** `job`: the exports and the memory of a job. `any`: whatever is valid, as the tests of the specification need. */
  readonly shape: 'job' | 'any';
  /** Words of eight bytes that open calls may take together. */
  readonly stackWords: number;
};

/** Words of eight bytes that the open calls of a job may take together: 2 MiB. */
export const STACK_WORDS = 256 * 1024;

/** The policy of jobs. */
export function jobPolicy(profile: Profile): Policy {
  return { profile, limits: MODULE_LIMITS, imports: JOB_IMPORTS, shape: 'job', stackWords: STACK_WORDS };
}
