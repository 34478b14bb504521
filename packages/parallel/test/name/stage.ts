import {
  type Anvil,
  createDevnetClient,
  type DevnetClient,
  deployContract,
  startAnvil,
  transact,
} from '@millrace/devnet';
import { type Address, encodeFunctionData, type Hex, keccak256 } from 'viem';
import { type StateKey, slotKey } from '../../src/access/state-key.ts';
import type { SolcContract } from './compile.ts';

/** Runs inside anvil: what was hashed, and which slots were stored to. */
const TRACER = `{
  preimages: [], stores: {},
  hex: function(b) { var s = ''; for (var i = 0; i < b.length; i++) { var h = b[i].toString(16); s += h.length < 2 ? '0' + h : h } return s },
  word: function(v) { var h = v.toString(16); while (h.length < 64) h = '0' + h; return h },
  step: function(log) {
    var op = log.op.toNumber();
    if (op == 0x20) { var at = log.stack.peek(0).valueOf(); var n = log.stack.peek(1).valueOf(); if (n > 0 && n < 200) this.preimages.push('0x' + this.hex(log.memory.slice(at, at + n))) }
    if (op == 0x55) this.stores['0x' + this.hex(log.contract.getAddress()) + ':0x' + this.word(log.stack.peek(0))] = 1;
  },
  fault: function() {},
  result: function() { return { preimages: this.preimages, stores: Object.keys(this.stores) } }
}`;

export type Traced = { stored: StateKey[]; preimages: Map<Hex, Hex> };

/** A chain on which contracts write, and what their writing hashed. */
export class Stage {
  readonly client: DevnetClient;
  readonly #anvil: Anvil;

  private constructor(anvil: Anvil) {
    this.#anvil = anvil;
    this.client = createDevnetClient(anvil);
  }

  static async open(): Promise<Stage> {
    return new Stage(await startAnvil());
  }

  close(): Promise<void> {
    return this.#anvil.stop();
  }

  async deploy(
    { abi, bytecode }: SolcContract & { bytecode: Hex },
    args: readonly unknown[] = [],
  ): Promise<Address> {
    const address = await deployContract(this.client, { abi, bytecode, args: args as never });
    return address.toLowerCase() as Address;
  }

  async call(
    to: Address,
    { abi }: SolcContract,
    functionName: string,
    args: readonly unknown[] = [],
  ): Promise<Traced> {
    const data = encodeFunctionData({ abi, functionName, args });
    const { transactionHash } = await transact(this.client, { to, data, gas: 5_000_000n });
    const { preimages, stores } = (await this.client.request({
      method: 'debug_traceTransaction' as never,
      params: [transactionHash, { tracer: TRACER }] as never,
    })) as unknown as { preimages: Hex[]; stores: string[] };
    const stored = stores.map((key) => slotKey(key.slice(0, 42), key.slice(43)));
    return { stored, preimages: new Map(preimages.map((preimage) => [keccak256(preimage), preimage])) };
  }

  async code(address: Address): Promise<Hex> {
    return (await this.client.getCode({ address })) ?? '0x';
  }
}
