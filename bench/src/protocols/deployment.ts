import type { Abi, Address, ContractFunctionArgs, ContractFunctionName, Hex } from 'viem';
import { type BenchChain, DEPLOYER } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import { contractNamed, type SolcContract, type SolcContracts } from '../compile/solc.ts';

type Writing = 'nonpayable' | 'payable';

/** Deploys and configures a protocol as one account, and keeps what its contracts are called and made of. */
export class Deployment {
  readonly chain: BenchChain;
  readonly labels = new Map<Address, string>();
  readonly layouts = new Map<Address, SolcContract>();
  readonly #libraries = new Map<string, Address>();

  constructor(chain: BenchChain) {
    this.chain = chain;
  }

  /** Names what is at an address, and says what its storage looks like. */
  record(label: string, address: Address, contract: SolcContract): void {
    this.labels.set(lower(address), label);
    this.layouts.set(lower(address), contract);
  }

  /** @param all where to find the libraries that the contract is linked to; they are deployed once */
  async deploy(
    label: string,
    contract: SolcContract,
    args: readonly unknown[] = [],
    all: SolcContracts = {},
  ): Promise<Address> {
    const code = await this.#link(contract, all);
    const address = await this.chain.deploy(contract.abi, code, args);
    this.record(label, address, contract);
    return address;
  }

  /** Sends a call and waits until it is mined. */
  async send<
    const A extends Abi,
    N extends ContractFunctionName<A, Writing>,
    const P extends ContractFunctionArgs<A, Writing, N>,
  >(to: Address, abi: A, functionName: N, args: P): Promise<void> {
    await this.chain.mine([callOf(DEPLOYER, to, abi, functionName, args)]);
  }

  async #link(contract: SolcContract, all: SolcContracts): Promise<Hex> {
    const { object, linkReferences } = contract.evm.bytecode;
    let code = object;
    for (const [file, names] of Object.entries(linkReferences)) {
      for (const [name, places] of Object.entries(names)) {
        const address = (await this.#library(file, name, all)).slice(2);
        for (const { start, length } of places) {
          code = code.slice(0, start * 2) + address + code.slice((start + length) * 2);
        }
      }
    }
    return `0x${code}`;
  }

  async #library(file: string, name: string, all: SolcContracts): Promise<Address> {
    const key = `${file}:${name}`;
    const known =
      this.#libraries.get(key) ?? (await this.deploy(name, contractNamed(all, file, name), [], all));
    this.#libraries.set(key, known);
    return known;
  }
}

function lower(address: Address): Address {
  return address.toLowerCase() as Address;
}
