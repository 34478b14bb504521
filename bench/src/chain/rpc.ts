type Answer = { id: number; result?: unknown; error?: unknown };

/** One JSON-RPC request: method and parameters. */
export type Request = readonly [method: string, params: readonly unknown[]];

let id = 0;

/** Sends requests in one HTTP batch; anvil answers them side by side. Results in the order of the requests. */
export async function sendBatch(url: string, requests: readonly Request[]): Promise<unknown[]> {
  const body = requests.map(([method, params]) => ({ jsonrpc: '2.0', id: id++, method, params }));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answers = new Map(((await response.json()) as Answer[]).map((answer) => [answer.id, answer]));
  return body.map(({ id, method }) => {
    const answer = answers.get(id);
    if (!answer || answer.error) throw new Error(`${method}: ${JSON.stringify(answer?.error).slice(0, 600)}`);
    return answer.result;
  });
}

/** Splits a list that is too long for one batch. */
export function inParts<T>(list: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let i = 0; i < list.length; i += size) parts.push(list.slice(i, i + size));
  return parts;
}
