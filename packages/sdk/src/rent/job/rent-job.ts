import { type Cid, type JobNeeds, type JobSpec, parseJobSpec } from '@millrace/protocol/compute';
import type { RentContent } from '../content/rent-content.ts';

/** A job as its author says it: what is left out is as `parseJobSpec` documents. */
export type RentJob = Partial<Omit<JobSpec, 'version' | 'module' | 'inputs' | 'needs' | 'fuel'>> & {
  /** The module itself, or its CID where nodes have it already. */
  readonly module: Uint8Array | Cid;
  readonly inputs?: readonly (Uint8Array | Cid)[] | undefined;
  /** Units of work at most. */
  readonly fuel: bigint;
  readonly needs: Partial<JobNeeds> & {
    /** What the job may cost at most, all attempts together; base units. */
    readonly priceCap: bigint;
  };
  /** For people; kept with the job. */
  readonly label?: string | undefined;
};

/**
 * The spec of a job, its content imported.
 *
 * @throws `ComputeError` `JOB_SPEC_INVALID`
 */
export async function toJobSpec(content: RentContent, job: RentJob): Promise<JobSpec> {
  const { label: _label, module, inputs = [], ...rest } = job;
  const cids = await Promise.all([module, ...inputs].map((file) => content.add(file)));
  return parseJobSpec({ ...rest, version: 1, module: cids[0], inputs: cids.slice(1) });
}
