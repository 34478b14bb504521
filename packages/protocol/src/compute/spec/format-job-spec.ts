import type { JobSpec } from './job-spec.ts';

/** A job as JSON can carry it, and `parseJobSpec` reads it: amounts are decimal strings. */
export type JobSpecJson = Omit<JobSpec, 'fuel' | 'needs'> & {
  readonly fuel: string;
  readonly needs: Omit<JobSpec['needs'], 'priceCap' | 'deadline'> & {
    readonly priceCap: string;
    readonly deadline: string;
  };
};

/** A job for JSON. */
export function formatJobSpec(spec: JobSpec): JobSpecJson {
  const { priceCap, deadline, ...needs } = spec.needs;
  return {
    ...spec,
    fuel: spec.fuel.toString(),
    needs: { ...needs, priceCap: priceCap.toString(), deadline: deadline.toString() },
  };
}
