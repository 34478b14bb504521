import type { Address } from 'viem';
import type { Artifact } from '../compile/artifact.ts';
import type { SolcContracts, SolcStorage } from '../compile/solc.ts';

/** What is needed to name storage: whose it is, and what the compiler said of it. */
export class Description {
  /** What a contract is called, by address in lower case. */
  readonly labels = new Map<Address, string>();
  /** The contract whose variables are at an address, `file:Name`; for a proxy, what it stands before. */
  readonly assigned = new Map<Address, string>();
  /** Standard JSON output of solc: storage layouts, and code where it was compiled here. */
  readonly layouts: { readonly contracts: SolcContracts<SolcStorage> } = { contracts: {} };

  label(label: string, address: Address): void {
    this.labels.set(address.toLowerCase() as Address, label);
  }

  add(label: string, address: Address, { file, name, contract }: Artifact<SolcStorage>): void {
    this.label(label, address);
    this.assigned.set(address.toLowerCase() as Address, `${file}:${name}`);
    const { contracts } = this.layouts;
    contracts[file] = { ...contracts[file], [name]: contract };
  }
}
