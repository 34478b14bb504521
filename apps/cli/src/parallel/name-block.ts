import { type BlockAccess, createNamer, gatherNameFacts, type NameOf } from '@millrace/parallel';
import type { Hex } from 'viem';
import type { TracedChain } from './open-chain.ts';

const CODES_KEPT = 2_000;
const AT_ONCE = 8;

/** Makes names for the blocks of a chain. Asks for the code of each contract once. */
export function createBlockNamer(
  { rpc, layouts, labels, assigned }: TracedChain,
  signal: AbortSignal,
): (block: BlockAccess) => Promise<NameOf> {
  const known = new Map<string, Hex>();
  return async (block) => {
    const facts = gatherNameFacts([block]);
    if (known.size > CODES_KEPT) known.clear();
    const wanted =
      layouts.length === 0 ? [] : [...new Set([...facts.codes].flatMap(([owner, ran]) => [owner, ...ran]))];
    const missing = wanted.filter((address) => !known.has(address));
    for (let start = 0; start < missing.length; start += AT_ONCE) {
      const part = missing.slice(start, start + AT_ONCE);
      const ask = (address: string) => rpc.request('eth_getCode', [address, 'latest'], signal);
      const codes = await Promise.all(part.map(ask));
      for (const [k, address] of part.entries()) known.set(address, codes[k] as Hex);
    }
    return createNamer({ layouts, labels, assigned, bytecodes: new Map(known), ...facts });
  };
}
