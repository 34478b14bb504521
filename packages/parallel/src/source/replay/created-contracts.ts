import type { Address } from 'viem';
import { asAddress, asFields, asList, inconsistent } from '../answer/fields.ts';

/** How a creation ended; the address is missing when it failed. */
export type Creation = { created: Address | undefined };

type Entry = Creation & { creator: Address };

/** The creations inside a transaction in the order in which they began, of a `trace` as OpenEthereum introduced it. */
export class CreatedContracts {
  readonly #entries: readonly Entry[];
  #next = 0;
  /** Whether the transaction itself failed. */
  readonly failed: boolean;
  /** Gas that its code used. */
  readonly gasUsed: bigint;

  constructor(value: unknown) {
    const list = asList(value, 'trace').map((item) => asFields(item, 'a call of trace'));
    const [top] = list;
    this.failed = top?.error !== undefined && top.error !== null;
    const result = top?.result ? asFields(top.result, 'the result of trace') : undefined;
    this.gasUsed = typeof result?.gasUsed === 'string' ? BigInt(result.gasUsed) : 0n;
    this.#entries = list
      .filter(
        ({ type, traceAddress }) => type === 'create' && asList(traceAddress, 'traceAddress').length > 0,
      )
      .map(({ action, result, error }) => ({
        creator: asAddress(asFields(action, 'a creation').from, 'a creator'),
        created:
          error === undefined || error === null
            ? asAddress(asFields(result, 'the result of a creation').address, 'a created contract')
            : undefined,
      }));
  }

  /** How the next creation by this account ended. */
  next(creator: Address): Creation {
    while (this.#next < this.#entries.length) {
      const entry = this.#entries[this.#next];
      this.#next += 1;
      if (entry?.creator === creator) return entry;
    }
    throw inconsistent('vmTrace has a creation that trace has not.', { creator });
  }
}
