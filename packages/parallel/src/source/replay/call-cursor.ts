import type { Address } from 'viem';
import { inconsistent } from '../answer/fields.ts';
import type { CallNode } from './call-tree.ts';

/** Walks the calls of one frame alongside its instructions. Some servers leave out calls that ran nothing. */
export class CallCursor {
  readonly #calls: readonly CallNode[];
  #at = 0;

  constructor(calls: readonly CallNode[]) {
    this.#calls = calls;
  }

  /** @param target who is called; `undefined` for a creation */
  next(target: Address | undefined): CallNode | undefined {
    const call = this.#calls[this.#at];
    if (!call || call.target !== target) return undefined;
    this.#at += 1;
    return call;
  }

  end(): void {
    if (this.#at !== this.#calls.length) throw inconsistent('trace has a call that vmTrace has not.');
  }
}
