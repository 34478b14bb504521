import type { Address, Hex } from 'viem';
import { parseStateKey, type StateKey } from '../access/state-key.ts';
import { Contracts, type ContractsOptions } from './contracts.ts';
import type { KeyName, NameOf } from './key-name.ts';
import { OPENZEPPELIN_NAMESPACES } from './known/openzeppelin.ts';
import type { PackedSeed } from './known/packed-seed.ts';
import { SeedBook } from './known/seed-book.ts';
import { SOLADY_SEEDS } from './known/solady-seeds.ts';
import type { Layout, Namespace } from './layout/layout.ts';
import { type Candidates, Dictionary, startOf, words } from './slot/dictionary.ts';
import { HashIndex } from './slot/hash-index.ts';
import type { Leaf } from './slot/leaf.ts';
import { SlotResolver } from './slot/resolver.ts';
import { describe } from './text/describe.ts';
import { shortHex } from './text/short-hex.ts';

export type NamerOptions = ContractsOptions & {
  layouts: readonly Layout[];
  /** Deployed code by address, as `eth_getCode` gives it. Finds the layout of a contract. */
  bytecodes?: ReadonlyMap<string, Hex>;
  /** Names of layouts (`Market`, `src/Market.sol:Market`) by address, where the code is not that of the compiler's output. */
  assigned?: ReadonlyMap<string, string>;
  /** What people call an address. */
  labels?: ReadonlyMap<string, string>;
  /** Whose code ran on whose storage: finds layouts through proxies. See {@link gatherNameFacts}. */
  codes?: ReadonlyMap<string, ReadonlySet<string>>;
  /** What was hashed, by its hash. See {@link gatherNameFacts}. */
  preimages?: ReadonlyMap<Hex, Hex>;
  /** Keys of mappings to try where no preimage is known. */
  candidates?: Candidates;
  /** Most hashes made while trying. Default: 50,000, about a second. */
  mostHashes?: number;
  /** Packed variables of your own, besides solady's. */
  seeds?: readonly PackedSeed[];
};

const MOST_HASHES = 50_000;

/**
 * Makes the function that names what transactions meet at.
 *
 * It knows plain variables, structs, arrays, strings and mappings of Solidity and Vyper from layouts, ERC-7201 namespaces and
 * those of OpenZeppelin, the slots of ERC-1967 and the packed slots of solady.
 *
 * @throws {@link ParallelError} `BAD_LAYOUT` when a layout is assigned that is not there, or a seed is malformed
 * @example
 * ```ts
 * const nameOf = createNamer({ layouts: readLayouts(artifact), assigned: new Map([[token, 'Token']]) })
 * nameOf(slotKey(token, 2n)) // { text: 'Token.totalSupply', variable: 'Token.totalSupply', contract: 'Token', isNamed: true }
 * ```
 */
export function createNamer(options: NamerOptions): NameOf {
  const {
    layouts,
    preimages = new Map(),
    candidates = {},
    mostHashes = MOST_HASHES,
    seeds: own = [],
  } = options;
  const contracts = new Contracts(options);
  const seeds = new SeedBook([...own, ...SOLADY_SEEDS]);
  const index = new HashIndex(preimages, seeds);
  const namespaces = mergeNamespaces(layouts);
  for (const { slot, type } of [...layouts, { variables: [], namespaces }].flatMap(startOf)) {
    if (type.kind !== 'mapping') index.add(words(slot));
  }
  const context = { index, seeds, namespaces, who: (address: Address) => contracts.nameOf(address) };
  const dictionary = new Dictionary(
    { ...candidates, addresses: [...contracts.addresses(), ...(candidates.addresses ?? [])] },
    mostHashes,
  );
  const resolvers = new Map<Layout | 'guess' | undefined, SlotResolver>();
  const resolverOf = (layout: Layout | 'guess' | undefined) => {
    const resolver = resolvers.get(layout) ?? new SlotResolver(context, layout);
    resolvers.set(layout, resolver);
    return resolver;
  };

  const findLeaves = (owner: Address, slot: bigint): Leaf[] => {
    const found = contracts.layoutsOf(owner);
    const candidatesOf = found.length > 0 ? found : [undefined];
    for (;;) {
      for (const layout of candidatesOf) {
        const leaves = resolverOf(layout).resolve(slot);
        if (leaves.length > 0) return leaves;
      }
      const hasGrown = found.map((layout) => dictionary.grow(layout, index)).includes(true);
      if (!hasGrown) return [];
      for (const resolver of resolvers.values()) resolver.forget();
    }
  };

  const nameSlot = (owner: Address, slot: bigint): KeyName => {
    const contract = contracts.nameOf(owner);
    const leaves = findLeaves(owner, slot);
    const isNamed = leaves.length > 0;
    const { text, variable, parts } = describe(isNamed ? leaves : resolverOf('guess').resolve(slot));
    const rest = text === '' ? `.${shortHex(`0x${slot.toString(16).padStart(64, '0')}`)}` : text;
    return {
      text: contract + rest,
      variable: contract + (variable === '' ? rest : variable),
      contract,
      parts,
      isNamed,
    };
  };

  const names = new Map<StateKey, KeyName>();
  return (key) => {
    const before = names.get(key);
    if (before) return before;
    const parts = parseStateKey(key);
    const name =
      parts.field === 'storage'
        ? nameSlot(parts.address, parts.slot)
        : nameAccount(contracts, parts.address, parts.field);
    names.set(key, name);
    return name;
  };
}

/** Accounts of people are grouped, contracts stand for themselves. */
function nameAccount(contracts: Contracts, address: Address, field: string): KeyName {
  const contract = contracts.nameOf(address);
  const text = `${contract} ${field}`;
  const variable = contracts.isContract(address) ? text : `account ${field}`;
  return { text, variable, contract, parts: [], isNamed: true };
}

/** What a layout says of a namespace is better than what is known of it. */
function mergeNamespaces(layouts: readonly Layout[]): Namespace[] {
  const all = [...OPENZEPPELIN_NAMESPACES, ...layouts.flatMap((layout) => layout.namespaces)];
  const known = all.filter(({ type }) => type.kind !== 'unknown');
  return [...new Map([...all, ...known].map((namespace) => [namespace.root, namespace])).values()];
}
