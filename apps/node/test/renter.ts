import { createMemoryStore, importFile, writeCar } from '@millrace/content';
import {
  type ChannelKey,
  channelId,
  channelSalt,
  createSessionSecret,
  type JobSpec,
  parseJobSpec,
  type SessionKey,
  sessionKeyOf,
} from '@millrace/protocol/compute';
import {
  type Announcement,
  encodeWire,
  ROUTES,
  type SignedQuote,
  signedQuoteSchema,
  signWire,
} from '@millrace/protocol/wire';
import { openChannel, signCertificate, signVoucher } from '@millrace/sdk/compute';
import { bytesToHex, type Hex, zeroHash } from 'viem';
import type { World } from './world.ts';

/** What a node answered. */
export type Answer = { readonly status: number; readonly body: never };

/** Talks to one node over HTTP, with what a payer has; far simpler than the renter of the SDK, and never polite. */
export type TestRenter = {
  readonly endpoint: string;
  readonly key: ChannelKey;
  readonly channel: Hex;
  readonly session: SessionKey;
  readonly announcement: Announcement;
  upload(bytes: Uint8Array): Promise<string>;
  announce(): Promise<Answer>;
  submit(specs: readonly JobSpec[], nonces?: readonly Hex[]): Promise<Answer>;
  pay(total: bigint, root?: Hex): Promise<Answer>;
  view(): Promise<Answer>;
  stop(id: Hex): Promise<Answer>;
  /** Events of the channel, until `enough` says so. */
  follow(enough: (events: ChannelLine[]) => boolean, from?: number): Promise<ChannelLine[]>;
};

// biome-ignore lint/suspicious/noExplicitAny: lines of JSON, looked at by tests
export type ChannelLine = any;

let salt = BigInt(Date.now());

export const post = async (url: string, body: unknown, method = 'POST'): Promise<Answer> => {
  const text = typeof body === 'string' ? body : encodeWire(body);
  const response = await fetch(url, { method, body: text });
  return { status: response.status, body: (await response.json()) as never };
};

export const get = async (url: string): Promise<Answer> => {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as never };
};

export function specOf(module: string, changes: Partial<Record<string, unknown>> = {}): JobSpec {
  const { needs, ...others } = changes as { needs?: object };
  return parseJobSpec({
    version: 1,
    module,
    fuel: '1000000000',
    memoryPages: 16,
    ...others,
    needs: { priceCap: '1000000000', ...needs },
  });
}

export const randomNonce = (): Hex => bytesToHex(crypto.getRandomValues(new Uint8Array(32)));

async function quoteOf(world: World, endpoint: string, spec: JobSpec): Promise<SignedQuote> {
  const { token, channels } = world.compute;
  const request = { chainId: 31_337, channels, token: token.address, spec };
  const { body } = await post(endpoint + ROUTES.quotes, request);
  return signedQuoteSchema.parse(body);
}

/** Uploads a file as a CAR. */
export async function upload(endpoint: string, bytes: Uint8Array): Promise<string> {
  const store = createMemoryStore();
  const cid = await importFile(store, bytes);
  const parts: Uint8Array[] = [];
  for await (const part of writeCar(store, cid)) parts.push(part);
  const response = await fetch(`${endpoint}/ipfs`, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.ipld.car' },
    body: Buffer.concat(parts),
  });
  if (!response.ok) throw new Error(await response.text());
  return cid;
}

/** Opens a channel to a node, and announces nothing yet. */
export async function createRenter(
  world: World,
  endpoint: string,
  options: {
    account: number;
    deposit?: bigint;
    lane?: bigint;
    module: Uint8Array;
    /** What the first quote is asked for, where it is no small job of WebAssembly. */
    order?: Partial<Record<string, unknown>>;
  },
): Promise<TestRenter> {
  const { account, client } = await world.payer(options.account);
  const { channels, token, nodeRegistry } = world.compute;
  const module = await upload(endpoint, options.module);
  const quote = await quoteOf(world, endpoint, specOf(module, options.order));
  const key = {
    payer: account.address,
    payee: quote.body.node,
    token: token.address,
    salt: channelSalt(options.lane ?? 0n, salt++),
  };
  await openChannel(client, { channels, key, deposit: options.deposit ?? 10_000_000n });
  const session = sessionKeyOf(createSessionSecret());
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const certificate = await signCertificate(client, {
    registry: nodeRegistry,
    key: session.publicKey,
    issuedAt: now - 10n,
    expiry: now + 86_400n,
  });
  const channel = channelId(key);
  const announcement = { key, quote, certificate };
  const at = () => BigInt(Math.floor(Date.now() / 1_000));
  const read = (from: number) => signWire('read', { channel, from, at: at() }, session);
  return {
    endpoint,
    key,
    channel,
    session,
    announcement,
    upload: (bytes) => upload(endpoint, bytes),
    announce: () => post(endpoint + ROUTES.channels, announcement),
    submit: (specs, nonces) => {
      const jobs = specs.map((spec, at) => ({ nonce: nonces?.[at] ?? randomNonce(), spec }));
      return post(endpoint + ROUTES.jobs, signWire('submit', { channel, at: at(), jobs }, session));
    },
    pay: async (total, receiptsRoot = zeroHash) => {
      const { signature } = await signVoucher(client, { channels, key, total, receiptsRoot });
      return post(endpoint + ROUTES.vouchers(channel), { total, receiptsRoot, signature });
    },
    view: () => post(endpoint + ROUTES.channel(channel), read(0)),
    stop: (id) => post(endpoint + ROUTES.stop(id), signWire('stop', { id, at: at() }, session)),
    follow: async (enough, from = 0) => {
      const response = await fetch(endpoint + ROUTES.channelEvents(channel), {
        method: 'POST',
        body: encodeWire(read(from)),
      });
      return await readLines(response, enough);
    },
  };
}

/** Lines of a stream, until `enough` says so or it ends. */
async function readLines(
  response: Response,
  enough: (events: ChannelLine[]) => boolean = () => false,
): Promise<ChannelLine[]> {
  if (!response.ok) throw new Error(await response.text());
  const events: ChannelLine[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as ChannelLine));
    if (enough(events)) break;
  }
  return events;
}
