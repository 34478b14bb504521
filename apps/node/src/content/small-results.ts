import type { Cid } from '@millrace/protocol/compute';
import type { Hex } from 'viem';
import type { EndFacts } from '../journal/records.ts';
import type { NodeState } from '../journal/state.ts';

/** Finds results that are in the journal by their CID. */
export class SmallResults {
  private readonly jobs = new Map<Cid, Hex>();
  private readonly state: NodeState;
  private sweepAbove = 4_096;

  constructor(state: NodeState) {
    this.state = state;
    for (const { end } of state.jobs.values()) if (end !== undefined) this.add(end);
  }

  add({ id, result, receipt }: EndFacts): void {
    if (result === undefined) return;
    this.jobs.set(receipt.receipt.result as Cid, id);
    if (this.jobs.size < this.sweepAbove) return;
    for (const cid of this.jobs.keys()) this.get(cid);
    this.sweepAbove = 2 * this.jobs.size + 4_096;
  }

  get(cid: Cid): Uint8Array | undefined {
    const id = this.jobs.get(cid);
    if (id === undefined) return undefined;
    const result = this.state.jobs.get(id)?.end?.result;
    if (result !== undefined) return Buffer.from(result, 'base64');
    // The journal has forgotten the job.
    this.jobs.delete(cid);
    return undefined;
  }
}
