import { type Anvil, startAnvil } from '@millrace/devnet';
import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeFunctionResult,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  toHex,
} from 'viem';
import { account } from './account.ts';
import { inParts, type Request, sendBatch } from './rpc.ts';

/** A call that nobody has sent yet. Every sender is impersonated, so no keys are handled. */
export type Call = { from: Address; to?: Address; data: Hex; label: string };

/** What the benches need of a receipt. */
export type Receipt = {
  status: Hex;
  transactionHash: Hex;
  transactionIndex: Hex;
  blockNumber: Hex;
  gasUsed: Hex;
  contractAddress: Address | null;
};

/** @param advance seconds since the previous block. @param ordered send one by one, so that the order is kept. */
export type MineOptions = { advance?: number; ordered?: boolean };

const BATCH = 250;
const FLAGS = ['--auto-impersonate', '--gas-price', '0', '--no-request-size-limit'];
const GENESIS_TIME = 1_750_000_000;
/** Gas limit of a transaction; osaka allows 2^24. */
const GAS_LIMIT = 16_000_000;

export const DEPLOYER = account('deployer');

/** A private anvil under the rules of the measuring stick, which mines when told to. */
export class BenchChain {
  readonly #anvil: Anvil;

  private constructor(anvil: Anvil) {
    this.#anvil = anvil;
  }

  /** @param steps whether transactions can be traced opcode by opcode afterwards */
  static async start({ steps = false } = {}): Promise<BenchChain> {
    const anvil = await startAnvil({
      hardfork: 'osaka',
      order: 'fifo',
      noMining: true,
      timestampSeconds: GENESIS_TIME,
      blockGasLimit: 1_000_000_000_000n,
      baseFee: 0,
      accounts: 1,
      extraArguments: [...FLAGS, ...(steps ? ['--steps-tracing'] : [])],
    });
    return new BenchChain(anvil);
  }

  /** Where its JSON-RPC answers. */
  get url(): string {
    return this.#anvil.url;
  }

  stop(): Promise<void> {
    return this.#anvil.stop();
  }

  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    return (await sendBatch(this.#anvil.url, [[method, params]]))[0];
  }

  async requests(list: readonly Request[]): Promise<unknown[]> {
    const parts: unknown[][] = [];
    for (const part of inParts(list, BATCH)) parts.push(await sendBatch(this.#anvil.url, part));
    return parts.flat();
  }

  /** Mines the calls in one block, in this order when `ordered`. Throws when one of them reverts. */
  async mine(
    calls: readonly Call[],
    { advance = 12, ordered = false }: MineOptions = {},
  ): Promise<Receipt[]> {
    const requests = await this.#withNonces(calls);
    const hashes: Hex[] = [];
    for (const part of inParts(requests, ordered ? 1 : BATCH)) {
      hashes.push(...((await sendBatch(this.#anvil.url, part)) as Hex[]));
    }
    const latest = (await this.request('eth_getBlockByNumber', ['latest', false])) as { timestamp: Hex };
    await this.request('evm_setNextBlockTimestamp', [toHex(Number(latest.timestamp) + advance)]);
    await this.request('evm_mine', []);
    const receipts = (await this.requests(
      hashes.map((hash) => ['eth_getTransactionReceipt', [hash]] as const),
    )) as (Receipt | null)[];
    return Promise.all(
      receipts.map(async (receipt, i) => {
        if (receipt?.status !== '0x1')
          throw new Error(`${calls[i]?.label} failed: ${await this.#why(hashes[i])}`);
        if (ordered && Number(receipt.transactionIndex) !== i) throw new Error('The order was not kept.');
        return receipt;
      }),
    );
  }

  async #why(hash: Hex | undefined): Promise<string> {
    const trace = await this.request('debug_traceTransaction', [hash, { tracer: 'callTracer' }]);
    return JSON.stringify(trace).slice(-1500);
  }

  /** Anvil handles a batch side by side, so each call is given its nonce. */
  async #withNonces(calls: readonly Call[]): Promise<Request[]> {
    const senders = [...new Set(calls.map((call) => call.from))];
    const counts = await this.requests(
      senders.map((sender) => ['eth_getTransactionCount', [sender, 'latest']] as const),
    );
    const next = new Map(senders.map((sender, i) => [sender, Number(counts[i])]));
    return calls.map(({ from, to, data }) => {
      const nonce = next.get(from) ?? 0;
      next.set(from, nonce + 1);
      const fields = { from, to, data, nonce: toHex(nonce), gas: toHex(GAS_LIMIT), gasPrice: '0x0' };
      return ['eth_sendTransaction', [fields]];
    });
  }

  async deploy(abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<Address> {
    const data = encodeDeployData({ abi, bytecode, args });
    const [receipt] = await this.mine([{ from: DEPLOYER, data, label: 'deploy' }]);
    if (!receipt?.contractAddress) throw new Error('Nothing was deployed.');
    return receipt.contractAddress;
  }

  async read<
    const A extends Abi,
    N extends ContractFunctionName<A, 'view' | 'pure'>,
    const P extends ContractFunctionArgs<A, 'view' | 'pure', N>,
  >(
    to: Address,
    abi: A,
    functionName: N,
    args: P,
  ): Promise<ContractFunctionReturnType<A, 'view' | 'pure', N, P>> {
    const data = encodeFunctionData({
      abi: abi as Abi,
      functionName: functionName as string,
      args: args as readonly unknown[],
    });
    const answer = (await this.request('eth_call', [{ to, data }, 'latest'])) as Hex;
    return decodeFunctionResult({
      abi: abi as Abi,
      functionName: functionName as string,
      args: args as readonly unknown[],
      data: answer,
    }) as ContractFunctionReturnType<A, 'view' | 'pure', N, P>;
  }
}
