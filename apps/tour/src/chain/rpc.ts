import { TourError } from '../tour-error.ts';

/** One JSON-RPC call: its method and parameters. */
export type RpcCall = readonly [method: string, params: readonly unknown[]];

/** JSON-RPC to the local chain. Everything rejects with `CHAIN_GONE` when nobody answers, `CHAIN_FAILED` on a refusal. */
export type Rpc = {
  request: (method: string, params?: readonly unknown[]) => Promise<unknown>;
  /** One round trip. The chain works on the calls side by side: for reading, or where order does not matter. */
  batch: (calls: readonly RpcCall[]) => Promise<unknown[]>;
};

type Answer = { id: number; result?: unknown; error?: { message: string; data?: unknown } };

/** @param url of the local chain */
export function createRpc(url: string): Rpc {
  let nextId = 0;
  const batch = async (calls: readonly RpcCall[]): Promise<unknown[]> => {
    const first = nextId;
    nextId += calls.length;
    const body = calls.map(([method, params], k) => ({ jsonrpc: '2.0', id: first + k, method, params }));
    const answers = await post(url, JSON.stringify(body));
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return calls.map(([method], k) => resultOf(byId.get(first + k), method));
  };
  return { batch, request: async (method, params = []) => (await batch([[method, params]]))[0] };
}

async function post(url: string, body: string): Promise<Answer[]> {
  try {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body });
    return (await response.json()) as Answer[];
  } catch (cause) {
    throw new TourError('The local chain does not answer any more.', {
      code: 'CHAIN_GONE',
      fault: 'network',
      hint: 'Was anvil ended by somebody? Start again.',
      cause,
    });
  }
}

function resultOf(answer: Answer | undefined, method: string): unknown {
  if (answer !== undefined && answer.error === undefined) return answer.result;
  throw new TourError(`The local chain refused ${method}: ${answer?.error?.message ?? 'no answer'}.`, {
    code: 'CHAIN_FAILED',
    fault: 'protocol',
    details: { method, data: answer?.error?.data },
  });
}
