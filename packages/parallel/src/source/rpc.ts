/** How questions reach a server. Bring your own, or use {@link createHttpRpc}. */
export type Rpc = {
  /**
   * Resolves to the `result` of the answer.
   *
   * @throws {@link ParallelError} `RPC_UNREACHABLE`, `RPC_TIMEOUT`, `RPC_HTTP_STATUS`, `RPC_MALFORMED`, `RPC_REFUSED` (the
   * server answered with an error), `RPC_METHOD_MISSING` (it does not know the method).
   */
  request: (method: string, params: readonly unknown[], signal?: AbortSignal) => Promise<unknown>;
  /** The elements of a `result` that is an array, one by one, so that a long answer never is in memory as a whole. */
  stream: (method: string, params: readonly unknown[], signal?: AbortSignal) => AsyncIterable<unknown>;
};
