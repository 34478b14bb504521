import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devnetAccount } from '@millrace/devnet';
import { MillraceError, NetworkError } from '@millrace/protocol';
import { createWalletClient, http } from 'viem';
import { foundry } from 'viem/chains';
import { afterEach, describe, expect, it } from 'vitest';
import { getBorrowers, getMarket, type SdkClient, supply } from '../src/index.ts';

const market = '0x00000000000000000000000000000000000000aa';
const lens = '0x00000000000000000000000000000000000000bb';
let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

/** @param patience of the client, milliseconds; a node that answers may be slow */
async function nodeThat(answers: RequestListener, patience = 30_000): Promise<SdkClient> {
  server = createServer(answers);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return clientOf((server.address() as AddressInfo).port, patience);
}

function clientOf(port: number, timeout: number): SdkClient {
  const transport = http(`http://127.0.0.1:${port}`, { retryCount: 0, timeout });
  return createWalletClient({ account: devnetAccount(1), chain: foundry, transport });
}

/** A read, a send and a scan fail alike. */
async function failuresOf(client: SdkClient): Promise<MillraceError[]> {
  const runs = [
    () => getMarket(client, { market, lens }),
    () => supply(client, { market, assets: 1n }),
    () => getBorrowers(client, { market }),
  ];
  const errors: MillraceError[] = [];
  for (const run of runs) {
    const error = await run().catch((thrown: unknown) => thrown);
    if (!(error instanceof MillraceError)) throw new Error(`Not a failure with words: ${String(error)}`);
    errors.push(error);
  }
  return errors;
}

const html: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
};

function status(code: number, body = 'no'): RequestListener {
  return (_request, response) => void response.writeHead(code).end(body);
}

describe('a node', () => {
  it('that is down', async () => {
    const client = await nodeThat(html);
    const closed = server;
    await new Promise((resolve) => closed?.close(resolve));
    server = undefined;
    for (const error of await failuresOf(client)) {
      expect(error).toBeInstanceOf(NetworkError);
      expect(error).toMatchObject({ code: 'RPC_UNREACHABLE', fault: 'network', retryable: true });
      expect(error.message).toBe('The node cannot be reached. Check the RPC address and that the node runs.');
    }
  });

  it('that never answers', async () => {
    for (const error of await failuresOf(await nodeThat(() => {}, 300))) {
      expect(error).toMatchObject({ code: 'RPC_TIMEOUT', fault: 'network', retryable: true });
    }
  });

  it('that begins to answer and hangs up', async () => {
    const client = await nodeThat((request) => void request.socket.destroy());
    for (const error of await failuresOf(client)) {
      expect(error).toMatchObject({ code: 'RPC_UNREACHABLE', fault: 'network' });
    }
  });

  it.each([
    ['a web page', html],
    ['half of its JSON', status(200, '{"jsonrpc":"2.0","id":1,"res')],
    ['JSON that is no JSON-RPC', status(200, '{"hello":"world"}')],
    ['a list', status(200, '[1,2,3]')],
    ['nothing', status(200, '')],
  ])('that answers with %s', async (_what, listener) => {
    for (const error of await failuresOf(await nodeThat(listener))) {
      expect(error).toMatchObject({ code: 'RPC_MALFORMED', fault: 'network', retryable: false });
    }
  });

  it.each([
    [429, 'RPC_BUSY', true],
    [503, 'RPC_FAILED', true],
    [401, 'RPC_REFUSED', false],
  ])('that answers with HTTP %d', async (code, expected, retryable) => {
    for (const error of await failuresOf(await nodeThat(status(code)))) {
      expect(error).toMatchObject({ code: expected, fault: 'network', retryable });
    }
  });
});
