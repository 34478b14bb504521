import type { Address, Hex } from 'viem';
import type { BlockAccess } from '../access/block-access.ts';
import { parseStateKey } from '../access/state-key.ts';

/** What blocks tell about names. */
export type NameFacts = {
  preimages: Map<Hex, Hex>;
  codes: Map<Address, Set<Address>>;
  candidates: { addresses: Set<Address> };
};

/**
 * Collects from blocks what {@link createNamer} can use. The addresses in `codes` are those whose bytecode is worth asking for.
 *
 * @example
 * ```ts
 * const facts = gatherNameFacts([block])
 * const nameOf = createNamer({ layouts, ...facts })
 * ```
 */
export function gatherNameFacts(blocks: Iterable<BlockAccess>): NameFacts {
  const facts: NameFacts = { preimages: new Map(), codes: new Map(), candidates: { addresses: new Set() } };
  const { preimages, codes, candidates } = facts;
  for (const block of blocks) {
    for (const { from, to, preimages: hashed, codes: ran, reads } of block.transactions) {
      candidates.addresses.add(from);
      if (to !== null) candidates.addresses.add(to);
      for (const key of reads) candidates.addresses.add(parseStateKey(key).address);
      for (const [hash, preimage] of hashed) preimages.set(hash, preimage);
      for (const [owner, addresses] of ran) {
        const known = codes.get(owner) ?? new Set();
        for (const address of addresses) known.add(address);
        codes.set(owner, known);
      }
    }
  }
  return facts;
}
