import type { BlockAccess } from '../access/block-access.ts';

/** Which question to a server the answer came from. */
export type SourceName =
  | 'trace_replayBlockTransactions'
  | 'debug_traceBlockByNumber'
  | 'debug_traceTransaction'
  | 'eth_getBlockAccessList'
  | 'eth_createAccessList';

/** Told while a block is being read. */
export type ReadProgress = { block: bigint; done: number; total: number };

export type ReadBlockOptions = {
  signal?: AbortSignal;
  onProgress?: (progress: ReadProgress) => void;
};

/** One way of finding out what the transactions of a block touched. Every implementation passes the same tests. */
export type AccessSource = {
  name: SourceName;
  /** What it cannot see, a plain sentence each. Empty when it sees everything. */
  unseen: readonly string[];
  /**
   * @throws {@link ParallelError} `BLOCK_NOT_FOUND`, `TRACE_INCONSISTENT` when parts of the answer contradict each other,
   * or an error of the line (`RPC_…`). Never a block with something missing.
   */
  readBlock: (number: bigint, options?: ReadBlockOptions) => Promise<BlockAccess>;
};
