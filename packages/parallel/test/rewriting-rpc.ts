import type { Rpc } from '../src/source/rpc.ts';

/** What becomes of an answer on its way. */
export type Rewrite = (method: string, params: readonly unknown[], result: unknown) => unknown;

/** A server whose answers are changed before they are read. */
export function rewriting(rpc: Rpc, rewrite: Rewrite): Rpc {
  const request: Rpc['request'] = async (method, params, signal) => {
    return rewrite(method, params, await rpc.request(method, params, signal));
  };
  return {
    request,
    async *stream(method, params, signal) {
      yield* (await request(method, params, signal)) as unknown[];
    },
  };
}
