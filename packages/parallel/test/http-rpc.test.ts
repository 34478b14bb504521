import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { ParallelError, type ParallelErrorCode } from '../src/errors.ts';
import { AnswerParser } from '../src/source/http/answer-parser.ts';
import { createHttpRpc, type HttpRpcOptions } from '../src/source/http/create-http-rpc.ts';
import { answer, type Behaviour, type MisbehavingServer, startServer } from './misbehaving-server.ts';

let server: MisbehavingServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function connect(behaviour: Behaviour, options: Partial<HttpRpcOptions> = {}) {
  server = await startServer(behaviour);
  return createHttpRpc({ url: server.url, timeoutSeconds: 60, ...options });
}

async function collect(values: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const value of values) list.push(value);
  return list;
}

/** Both ways of asking end in the same named error, with advice. */
async function expectFailure(
  behaviour: Behaviour,
  code: ParallelErrorCode,
  options?: Partial<HttpRpcOptions>,
) {
  const rpc = await connect(behaviour, options);
  for (const ask of [() => rpc.request('a_method', []), () => collect(rpc.stream('a_method', []))]) {
    const error = await ask().then(
      (value) => expect.fail(`It answered ${JSON.stringify(value)?.slice(0, 200)}`),
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(ParallelError);
    expect(error).toMatchObject({ code });
    if (code !== 'INTERRUPTED') expect((error as ParallelError).hint).toMatch(/\w+.*\.$/);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What somebody still holds: when the rest is given back is up to the engine. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const LIST = [{ a: '"}]\\' }, [], 'text, [', 12.5, null, true, { nested: [[{}]] }];

test('a result is handed over whole, a list also piece by piece', async () => {
  const rpc = await connect((response, question) => void response.end(answer(question, LIST)));
  expect(await rpc.request('a_method', [])).toEqual(LIST);
  expect(await collect(rpc.stream('a_method', []))).toEqual(LIST);
});

test('the question is JSON-RPC with the headers that were given', async () => {
  let seen: unknown;
  const rpc = await connect(
    (response, question) => {
      seen = { ...question, key: response.req.headers['x-key'] };
      response.end(answer(question, null));
    },
    { headers: { 'x-key': 'secret' } },
  );
  expect(await rpc.request('eth_call', [{ to: '0x00' }, 'latest'])).toBeNull();
  expect(seen).toMatchObject({
    jsonrpc: '2.0',
    method: 'eth_call',
    params: [{ to: '0x00' }, 'latest'],
    key: 'secret',
  });
});

test('the keys of an answer may come in any order, with any whitespace, in any pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.shuffledSubarray(['result', 'id', 'jsonrpc', 'extra'], { minLength: 4 }),
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.nat(200), { maxLength: 12 }),
      (result, order, indent, cuts) => {
        const fields: Record<string, unknown> = { result, id: 7, jsonrpc: '2.0', extra: { 'a"]}': ['x\\'] } };
        const text = JSON.stringify(Object.fromEntries(order.map((key) => [key, fields[key]])), null, indent);
        const bytes = new TextEncoder().encode(text);
        const parser = new AnswerParser({ elements: true, valueLimit: 1 << 20 });
        const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
        const elements: unknown[] = [];
        let start = 0;
        for (const end of [...places, bytes.length]) {
          elements.push(...parser.push(bytes.slice(start, end)));
          start = end;
        }
        expect(elements).toEqual(JSON.parse(JSON.stringify(result)));
        expect(parser.end().fields.get('id')).toBe(7);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a list that is cut anywhere is never taken for a whole one', async () => {
  const text = answer({ id: 1, method: '', params: [] }, LIST);
  for (let length = 0; length < text.length; length += 1) {
    const parser = new AnswerParser({ elements: true, valueLimit: 1000 });
    const read = () => {
      for (const _ of parser.push(new TextEncoder().encode(text.slice(0, length))));
      parser.end();
    };
    expect(read, text.slice(0, length)).toThrow(ParallelError);
  }
});

test('an error in the answer is refused by its name', () =>
  expectFailure(
    (response, { id }) =>
      void response.end(JSON.stringify({ id, error: { code: -32000, message: 'pruned' } })),
    'RPC_REFUSED',
  ));

test('an error behind half a list', () =>
  expectFailure(
    (response, { id }) =>
      void response.end(`{"result":[1,2],"error":{"code":-32000,"message":"late"},"id":${id}}`),
    'RPC_REFUSED',
  ));

test('a missing method, by its code', () =>
  expectFailure(
    (response, { id }) => void response.end(JSON.stringify({ id, error: { code: -32601, message: 'no' } })),
    'RPC_METHOD_MISSING',
  ));

test('a missing method, in words under a status of 400', () =>
  expectFailure((response, { id }) => {
    response.statusCode = 400;
    const error = { code: -32600, message: 'Method trace_x is not whitelisted' };
    response.end(JSON.stringify({ jsonrpc: '2.0', id, error }));
  }, 'RPC_METHOD_MISSING'));

test('truncated JSON', () =>
  expectFailure(
    (response, question) => void response.end(answer(question, LIST).slice(0, -9)),
    'RPC_MALFORMED',
  ));

test('an empty answer', () => expectFailure((response) => void response.end(), 'RPC_MALFORMED'));

test('the answer to another question', () =>
  expectFailure(
    (response, { id }) => void response.end(answer({ id: id + 1, method: '', params: [] }, LIST)),
    'RPC_MALFORMED',
  ));

test('an answer without an id', () =>
  expectFailure((response) => void response.end('{"jsonrpc":"2.0","result":[1]}'), 'RPC_MALFORMED'));

test('an answer without a result', () =>
  expectFailure((response, { id }) => void response.end(`{"jsonrpc":"2.0","id":${id}}`), 'RPC_MALFORMED'));

test('two results', () =>
  expectFailure(
    (response, { id }) => void response.end(`{"result":[1],"result":[2],"id":${id}}`),
    'RPC_MALFORMED',
  ));

test('a status of 500 with text', () =>
  expectFailure((response) => {
    response.statusCode = 500;
    response.end('Internal Server Error');
  }, 'RPC_HTTP_STATUS'));

test('a status of 429 may be tried again, one of 401 not', async () => {
  for (const [status, retryable] of [
    [429, true],
    [401, false],
  ] as const) {
    const rpc = await connect((response) => {
      response.statusCode = status;
      response.end('{"error":{"code":-32005,"message":"limit"}}');
    });
    await expect(rpc.request('a_method', [])).rejects.toMatchObject({ code: 'RPC_HTTP_STATUS', retryable });
    await server?.stop();
  }
});

test('a web page', () =>
  expectFailure((response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Welcome</title>');
  }, 'RPC_MALFORMED'));

test('bytes that say they are gzip and are not', () =>
  expectFailure((response) => {
    response.setHeader('content-encoding', 'gzip');
    response.end('certainly not gzip');
  }, 'RPC_MALFORMED'));

test('text that is no UTF-8', () =>
  expectFailure((response, { id }) => {
    response.write(`{"id":${id},"result":["`);
    response.end(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('"]}')]));
  }, 'RPC_MALFORMED'));

test('a connection that is cut in the middle', () =>
  expectFailure(async (response, question) => {
    response.write(answer(question, LIST).slice(0, 30));
    await sleep(30);
    response.socket?.resetAndDestroy();
  }, 'RPC_UNREACHABLE'));

test('nobody there', async () => {
  const gone = await startServer(() => undefined);
  await gone.stop();
  const rpc = createHttpRpc({ url: gone.url });
  await expect(rpc.request('a_method', [])).rejects.toMatchObject({
    code: 'RPC_UNREACHABLE',
    retryable: true,
  });
});

test('silence', () => expectFailure(() => undefined, 'RPC_TIMEOUT', { timeoutSeconds: 0.2 }));

test('a pause in the middle that does not end', () =>
  expectFailure((response) => void response.write('{"jsonrpc":"2.0","result":[1,'), 'RPC_TIMEOUT', {
    idleTimeoutSeconds: 0.2,
  }));

test('a slow drip that would last forever', () =>
  expectFailure(
    async (response) => {
      response.write('{"result":[');
      while (!response.destroyed) {
        response.write('1,');
        await sleep(20);
      }
    },
    'RPC_TIMEOUT',
    { timeoutSeconds: 0.5, idleTimeoutSeconds: 0.4 },
  ));

test('endless whitespace', () =>
  expectFailure(async (response) => {
    while (!response.destroyed) {
      response.write(' '.repeat(100_000));
      await sleep(1);
    }
  }, 'RPC_MALFORMED'));

test('a result of another type than a list', async () => {
  const rpc = await connect((response, question) => void response.end(answer(question, '0x1')));
  await expect(collect(rpc.stream('a_method', []))).rejects.toMatchObject({ code: 'RPC_MALFORMED' });
});

test('null instead of a list', async () => {
  const rpc = await connect((response, question) => void response.end(answer(question, null)));
  await expect(collect(rpc.stream('a_method', []))).rejects.toMatchObject({ code: 'RPC_REFUSED' });
});

test('a reader may stop early or be interrupted', async () => {
  const rpc = await connect(async (response) => {
    response.write('{"result":[1,2,');
    await sleep(2000);
    response.end();
  });
  for await (const value of rpc.stream('a_method', [])) {
    expect(value).toBe(1);
    break;
  }
  const signal = AbortSignal.timeout(100);
  await expect(collect(rpc.stream('a_method', [], signal))).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test('a URL that is none', () => {
  for (const url of ['', 'localhost:8545', 'ftp://example.org', 'ws://127.0.0.1:1']) {
    expect(() => createHttpRpc({ url })).toThrow(expect.objectContaining({ code: 'BAD_URL' }));
  }
});

test('memory stays flat while a long list goes by', async () => {
  const element = JSON.stringify({ text: 'x'.repeat(100_000) });
  const rpc = await connect(async (response, { id }) => {
    response.write(`{"jsonrpc":"2.0","id":${id},"result":[`);
    for (let i = 0; i < 2000; i += 1) {
      if (!response.write(`${i === 0 ? '' : ','}${element}`))
        await new Promise((go) => response.once('drain', go));
    }
    response.end(']}');
  });
  let count = 0;
  let most = 0;
  const before = heldBytes();
  for await (const _ of rpc.stream('a_method', [])) {
    count += 1;
    if (count % 200 === 0) most = Math.max(most, heldBytes() - before);
  }
  expect(count).toBe(2000);
  expect(most / 2 ** 20).toBeLessThan(50);
});
