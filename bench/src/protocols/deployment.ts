import type { Abi, Address, ContractFunctionArgs, ContractFunctionName, Hex } from 'viem';
import { type BenchChain, DEPLOYER } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import { type Artifact, artifactOf } from '../compile/artifact.ts';
import type { SolcContract, SolcContracts } from '../compile/solc.ts';
import { Description } from './description.ts';

type Writing = 'nonpayable' | 'payable';

/** Deploys and configures a protocol as one account, and keeps what its contracts are called and made of. */
export class Deployment {
  readonly chain: BenchChain;
  readonly description = new Description();
  readonly #all: SolcContracts;
  readonly #libraries = new Map<string, Address>();

  /** @param all where the libraries are that contracts are linked to */
  constructor(chain: BenchChain, all: SolcContracts = {}) {
    this.chain = chain;
    this.#all = all;
  }

  async deploy(label: string, artifact: Artifact, args: readonly unknown[] = []): Promise<Address> {
    const code = await this.#link(artifact.contract);
    const address = await this.chain.deploy(artifact.contract.abi, code, args);
    this.description.add(label, address, artifact);
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

  /** Puts the addresses of libraries, each deployed once, where the compiler left room for them. */
  async #link({ evm }: SolcContract): Promise<Hex> {
    const { object, linkReferences } = evm.bytecode;
    let code = object;
    for (const [file, names] of Object.entries(linkReferences)) {
      for (const [name, places] of Object.entries(names)) {
        const address = await this.#library(artifactOf(this.#all, file, name));
        for (const { start, length } of places) {
          code = code.slice(0, start * 2) + address.slice(2) + code.slice((start + length) * 2);
        }
      }
    }
    return `0x${code}`;
  }

  async #library(artifact: Artifact): Promise<Address> {
    const key = `${artifact.file}:${artifact.name}`;
    const address = this.#libraries.get(key) ?? (await this.deploy(artifact.name, artifact));
    this.#libraries.set(key, address);
    return address;
  }
}
