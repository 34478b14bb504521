import type { FolderBlockStore } from '@millrace/content/folder';
import type { Cid } from '@millrace/protocol/compute';
import { RefusalError } from '@millrace/protocol/wire';
import type { Hex } from 'viem';
import type { NodeState } from '../journal/state.ts';
import { KeptFiles } from './kept-files.ts';

/** What a job is made of, kept for whoever took it. */
export type TakenInputs = {
  /** From here on the job has it: it stays until that has ended. */
  giveTo(job: Hex): void;
  /** Gives it up, unless a job has it. */
  release(): void;
};

/** When a store that is full of other jobs may have room again, milliseconds. */
const FULL_FOR = 10_000;

/** Modules, inputs and checkpoints of jobs that wait or run: they stay until their job has ended. */
export class KeptInputs {
  private readonly files: KeptFiles;
  private readonly mostBytes: number;
  private readonly smallResultOf: (cid: Cid) => Uint8Array | undefined;
  private readonly jobs = new Map<Hex, Cid[]>();

  /** @param smallResultOf results that are in no store: as inputs of other jobs they have to be */
  constructor(
    store: FolderBlockStore,
    mostBytes: number,
    smallResultOf: (cid: Cid) => Uint8Array | undefined,
  ) {
    this.files = new KeptFiles(store);
    this.mostBytes = mostBytes;
    this.smallResultOf = smallResultOf;
  }

  /** Takes up what was kept before a restart. @param onLost told of jobs whose content is not here any more */
  async restore(state: NodeState, onLost: (id: Hex, error: unknown) => void): Promise<void> {
    for (const [id, { facts, end }] of state.jobs) {
      if (end !== undefined) continue;
      // Each by itself: what is here of it stays, whatever else is missing.
      for (const cid of contentOf(facts)) {
        await this.hold([cid]).then(
          (taken) => taken.giveTo(id),
          (error: unknown) => onLost(id, error),
        );
      }
    }
  }

  /**
   * Keeps what a job is made of.
   *
   * @throws `ContentError` `CONTENT_NOT_FOUND`; `RefusalError` `STORE_FULL`
   */
  async take(cids: readonly Cid[]): Promise<TakenInputs> {
    const taken = await this.hold(cids);
    if (this.files.bytes <= this.mostBytes) return taken;
    taken.release();
    const words = 'The jobs that wait here need all the room that there is for inputs.';
    throw new RefusalError('STORE_FULL', words, { most: this.mostBytes }, FULL_FOR);
  }

  ended(id: Hex): void {
    for (const cid of this.jobs.get(id) ?? []) this.files.leave(cid);
    this.jobs.delete(id);
  }

  private async hold(cids: readonly Cid[]): Promise<TakenInputs> {
    const held: Cid[] = [];
    const release = () => {
      for (const cid of held.splice(0)) this.files.leave(cid);
    };
    try {
      for (const cid of new Set(cids)) {
        await this.files.take(cid, this.smallResultOf(cid));
        held.push(cid);
      }
    } catch (error) {
      release();
      throw error;
    }
    const giveTo = (id: Hex) => {
      this.jobs.set(id, [...(this.jobs.get(id) ?? []), ...held.splice(0)]);
    };
    return { giveTo, release };
  }
}

type Made = {
  readonly spec: { readonly module: Cid; readonly inputs: readonly Cid[] };
  readonly resume?: { readonly checkpoint: Cid } | undefined;
};

/** Everything that a job is made of. */
export function contentOf({ spec, resume }: Made): Cid[] {
  return [spec.module, ...spec.inputs, ...(resume === undefined ? [] : [resume.checkpoint])];
}
