import { type Anvil, startAnvil } from '@millrace/devnet';
import { type Address, type Hex, type Log, numberToHex } from 'viem';
import { createRpc, type Rpc } from './rpc.ts';

/** A call that somebody of the scene makes. */
export type Call = { from: Address; to?: Address | undefined; data: Hex };

/** What became of one transaction of a block. */
export type Receipt = {
  status: Hex;
  from: Address;
  to: Address | null;
  transactionHash: Hex;
  gasUsed: Hex;
  contractAddress: Address | null;
  logs: Log<Hex, Hex>[];
};

/** A mined block with all its receipts in order. `time` is unix seconds. */
export type Block = { number: number; time: bigint; receipts: Receipt[] };

/** The chain of the scene: it mines only when told to, and its time is that of the replay. */
export type TourChain = {
  readonly url: string;
  readonly pid: number;
  readonly rpc: Rpc;
  /** Hands in calls one after the other, so that they are mined in this order. */
  send: (calls: readonly Call[]) => Promise<Hex[]>;
  /** Mines everything that waits. @param time unix seconds, later than the last block */
  mine: (time: bigint) => Promise<Block>;
  stop: () => Promise<void>;
};

/** Osaka allows a transaction 2^24 gas. */
const GAS_PER_CALL = 16_000_000;
const BLOCK_GAS = 4_000_000_000;

/**
 * Starts the chain of the scene. Senders are impersonated: the people of the scene have addresses but no keys.
 *
 * @param genesis unix seconds of the first block
 * @param port default: any free one
 * @throws MillraceError of `startAnvil`.
 */
export async function startTourChain(genesis: bigint, port?: number): Promise<TourChain> {
  const anvil = await startAnvil({
    port,
    noMining: true,
    timestampSeconds: genesis,
    blockGasLimit: BLOCK_GAS,
    baseFee: 0,
    extraArguments: ['--auto-impersonate', '--gas-price', '0', '--no-request-size-limit'],
  });
  return connect(anvil);
}

function connect({ url, pid, stop }: Anvil): TourChain {
  const rpc = createRpc(url);
  const nonces = new Map<Address, number>();

  const nextNonce = async (from: Address): Promise<number> => {
    const known = nonces.get(from);
    const nonce = known ?? Number(await rpc.request('eth_getTransactionCount', [from, 'latest']));
    nonces.set(from, nonce + 1);
    return nonce;
  };

  const send = async (calls: readonly Call[]): Promise<Hex[]> => {
    const hashes: Hex[] = [];
    for (const { from, to, data } of calls) {
      const nonce = numberToHex(await nextNonce(from));
      const fields = { from, to, data, nonce, gas: numberToHex(GAS_PER_CALL), gasPrice: '0x0' };
      hashes.push((await rpc.request('eth_sendTransaction', [fields])) as Hex);
    }
    return hashes;
  };

  const mine = async (time: bigint): Promise<Block> => {
    await rpc.request('evm_mine', [numberToHex(time)]);
    const [number, receipts] = await rpc.batch([
      ['eth_blockNumber', []],
      ['eth_getBlockReceipts', ['latest']],
    ]);
    return { number: Number(number), time, receipts: receipts as Receipt[] };
  };

  return { url, pid, rpc, send, mine, stop };
}
