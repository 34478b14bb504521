import type { Address, Hex } from 'viem';
import { ParallelError } from '../errors.ts';
import { delegateOf } from './code/delegate-of.ts';
import { matchCode } from './code/match-code.ts';
import { isLibrary } from './code/read-pattern.ts';
import type { Layout } from './layout/layout.ts';
import { shortHex } from './text/short-hex.ts';

export type ContractsOptions = {
  layouts: readonly Layout[];
  bytecodes?: ReadonlyMap<string, Hex>;
  assigned?: ReadonlyMap<string, string>;
  labels?: ReadonlyMap<string, string>;
  codes?: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Which layouts a contract has, and what an address is called. */
export class Contracts {
  readonly #labels: ReadonlyMap<string, string>;
  readonly #bytecodes: ReadonlyMap<string, Hex>;
  readonly #codes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #layoutOfCode = new Map<string, Layout | undefined>();
  readonly #titles = new Map<string, string>();

  /** @throws {@link ParallelError} `BAD_LAYOUT` when a layout is assigned that is not there */
  constructor({ layouts, bytecodes, assigned, labels, codes }: ContractsOptions) {
    this.#labels = lowerKeys(labels);
    this.#bytecodes = lowerKeys(bytecodes);
    this.#codes = lowerKeys(codes);
    const byCode = new Map<Hex, Layout | undefined>();
    for (const [address, code] of this.#bytecodes) {
      if (!byCode.has(code)) byCode.set(code, matchCode(code, layouts));
      this.#layoutOfCode.set(address, byCode.get(code));
    }
    for (const [address, name] of lowerKeys(assigned))
      this.#layoutOfCode.set(address, findLayout(name, layouts));
    this.#setTitles();
  }

  /** Of all code that runs on the storage of a contract, those with variables first, then those behind a proxy. */
  layoutsOf(owner: Address): Layout[] {
    const code = this.#bytecodes.get(owner);
    const delegate = code && delegateOf(code);
    const runs = [owner, ...(delegate ? [delegate] : []), ...(this.#codes.get(owner) ?? [])];
    const found = new Set(runs.flatMap((address) => this.#layoutOfCode.get(address.toLowerCase()) ?? []));
    const own = this.#layoutOfCode.get(owner);
    const rank = (layout: Layout) => {
      if (layout.variables.length > 0) return 0;
      return isLibrary(layout) ? 3 : layout === own ? 2 : 1;
    };
    return [...found].sort((a, b) => rank(a) - rank(b));
  }

  /** A label, the name of the contract, or short hex. */
  nameOf(address: Address): string {
    return this.#labels.get(address) ?? this.#titles.get(address) ?? shortHex(address);
  }

  isContract(address: Address): boolean {
    return (
      this.#titles.has(address) || (this.#bytecodes.get(address) ?? '0x') !== '0x' || this.#codes.has(address)
    );
  }

  /** Everybody that is known. */
  addresses(): string[] {
    return [...this.#labels.keys(), ...this.#titles.keys(), ...this.#codes.keys()];
  }

  /**
   * Contracts of the same name are told apart by the first digits of their address; one whose storage is not used, like the
   * implementation behind a proxy, leaves the name to the other.
   */
  #setTitles(): void {
    const known = new Set([...this.#codes.keys(), ...this.#layoutOfCode.keys()]);
    const byName = new Map<string, string[]>();
    for (const owner of known) {
      const name = this.layoutsOf(owner as Address)[0]?.name;
      if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), owner]);
    }
    for (const [name, list] of byName) {
      const unlabelled = list.filter((owner) => !this.#labels.has(owner));
      const used = unlabelled.filter((owner) => this.#codes.has(owner));
      const [only] = used.length === 1 ? used : unlabelled.length === 1 ? unlabelled : [];
      for (const owner of list)
        this.#titles.set(owner, owner === only ? name : `${name}@${owner.slice(2, 6)}`);
    }
  }
}

function findLayout(name: string, layouts: readonly Layout[]): Layout {
  const found = layouts.find((layout) => layout.name === name || `${layout.file}:${layout.name}` === name);
  if (found) return found;
  const known = layouts.map((layout) => layout.name).join(', ');
  throw new ParallelError(`No layout is called ${name}.`, {
    code: 'BAD_LAYOUT',
    fault: 'user',
    hint: known === '' ? 'No layouts were given.' : `There are: ${known}.`,
  });
}

function lowerKeys<T>(map: ReadonlyMap<string, T> = new Map()): Map<string, T> {
  return new Map([...map].map(([key, value]) => [key.toLowerCase(), value]));
}
