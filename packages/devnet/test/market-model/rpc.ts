/** One JSON-RPC request: method and parameters. */
type Request = readonly [method: string, params: readonly unknown[]];

/** A connection to a node. */
export type Rpc = {
  send: <Result>(method: string, ...params: unknown[]) => Promise<Result>;
  /** Results in order. Requests of a batch may run at the same time: only reads belong here. */
  batch: <Result>(requests: readonly Request[]) => Promise<Result[]>;
};

type Answer = { id: number; result?: unknown; error?: { message: string } };

/** Speaks JSON-RPC with the node at `url`. */
export function connect(url: string): Rpc {
  const batch = async <Result>(requests: readonly Request[]): Promise<Result[]> => {
    const body = requests.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params }));
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const answers = (await response.json()) as Answer[];
    return answers
      .toSorted((a, b) => a.id - b.id)
      .map(({ id, result, error }) => {
        if (error) throw new Error(`${requests[id]?.[0]}: ${error.message}`);
        return result as Result;
      });
  };
  return {
    batch,
    send: async <Result>(method: string, ...params: unknown[]) => {
      const [result] = await batch<Result>([[method, params]]);
      return result as Result;
    },
  };
}
