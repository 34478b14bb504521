export type { HostFunction } from '../job/job-imports.ts';
export { JOB_IMPORTS } from '../job/job-imports.ts';
export type { ModuleLimits } from './module-limits.ts';
export { MODULE_LIMITS } from './module-limits.ts';
export type { Policy, Profile } from './policy.ts';
export { jobPolicy } from './policy.ts';
export { prepareModule } from './prepare-module.ts';
export { MEMORY_FAILURE, RESERVED } from './reserved-names.ts';
