import type { BlockStore } from '../block/block-store.ts';
import { createMemoryStore } from '../block/memory-block-store.ts';
import { walkBlocks } from '../block/walk-blocks.ts';
import { type Cid, parseCid } from '../cid.ts';
import { ContentError } from '../content-error.ts';
import { decodeFileNode } from '../file/node.ts';
import { exportFile } from '../file/read-file.ts';
import { type ContentLimits, createMeter, tooManyBytes } from '../limits.ts';
import type { ClientOptions } from './ask-gateway.ts';
import { type Failure, summarise } from './failures.ts';
import { fetchBlock, fetchCar, mostTransferred } from './fetch-blocks.ts';

/** What fetching may cost, and how. `maxBytes` is of the file. */
export type FetchOptions = ClientOptions & ContentLimits;

/**
 * Gets a file from whichever of several gateways has it. Nothing they say is believed: each block is verified before it
 * counts, and what one gateway sent whole is kept when the next has to go on.
 *
 * @param gateways addresses, in the order of preference; `/ipfs/<cid>` is asked below them.
 * @throws {@link ContentError} `CONTENT_TOO_LARGE` as soon as the first block says so, `CONTENT_INVALID` when it is no file;
 * when all gateways failed: `CONTENT_NOT_FOUND` if none has it, `CONTENT_CORRUPT` if one lied, else `CONTENT_UNREACHABLE`.
 *
 * @example
 * ```ts
 * const bytes = await fetchFile(['https://node.example', 'https://ipfs.io'], cid, { maxBytes: 10_000_000 })
 * ```
 */
export async function fetchFile(
  gateways: readonly string[],
  cid: Cid,
  options: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const store = createMemoryStore();
  await fetchIntoStore(store, gateways, cid, options);
  return exportFile(store, cid, options);
}

/**
 * Gets what is missing of a file into a store: all of it is there when this resolves. See {@link fetchFile}.
 *
 * @throws {@link ContentError} as {@link fetchFile}, and what the store throws.
 */
export async function fetchIntoStore(
  store: BlockStore,
  gateways: readonly string[],
  cid: Cid,
  options: FetchOptions,
): Promise<void> {
  parseCid(cid);
  const failures: Failure[] = [];
  /** What the first block says of the file is true wherever it came from. */
  let verdict: unknown;
  const checkFirst = (each: Cid, bytes: Uint8Array) => {
    if (each !== cid) return;
    try {
      if (decodeFileNode(cid, bytes).fileBytes > options.maxBytes) throw tooManyBytes(options.maxBytes);
    } catch (error) {
      verdict = error;
      throw error;
    }
  };

  async function attempt<Result>(gateway: string, work: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await work();
    } catch (error) {
      if (verdict !== undefined) throw verdict;
      if (!(error instanceof ContentError) || isOfStore(error)) throw error;
      failures.push({ gateway, error });
      return undefined;
    }
  }

  const known = await store.get(cid);
  if (known !== undefined) checkFirst(cid, known);
  // A CAR from the first that has the beginning; what is missing after that, block by block from all.
  for (const gateway of gateways) {
    if (await store.has(cid)) break;
    await attempt(gateway, () =>
      fetchCar(store, gateway, cid, mostTransferred(options.maxBytes), checkFirst, options),
    );
  }

  const meter = createMeter({ maxBytes: mostTransferred(options.maxBytes), maxBlocks: options.maxBlocks });

  async function getOrFetch(each: Cid): Promise<Uint8Array> {
    const here = await store.get(each);
    if (here !== undefined) return here;
    for (const gateway of inOrderOfTrust(gateways, failures)) {
      const bytes = await attempt(gateway, () => fetchBlock(gateway, each, options));
      if (bytes === undefined) continue;
      meter.add(bytes.length);
      checkFirst(each, bytes);
      await store.put(each, bytes);
      return bytes;
    }
    throw summarise(each, failures);
  }

  for await (const each of walkBlocks({ get: getOrFetch }, cid, options)) {
    if (!(await store.has(each))) await getOrFetch(each);
  }
}

/** A connection that breaks once may be whole the next time. */
const MOST_UNREACHABLE = 2;

/** Those that failed less first; those that cannot be reached, not again and again. */
function inOrderOfTrust(gateways: readonly string[], failures: readonly Failure[]): string[] {
  const failuresOf = (gateway: string) => failures.filter((failure) => failure.gateway === gateway);
  const isOut = (gateway: string) =>
    failuresOf(gateway).filter(({ error }) => error.code === 'CONTENT_UNREACHABLE').length >=
    MOST_UNREACHABLE;
  return gateways
    .filter((gateway) => !isOut(gateway))
    .toSorted((a, b) => failuresOf(a).length - failuresOf(b).length);
}

/** Of the store here: a gateway may say the same of its own. */
function isOfStore({ code, details }: ContentError): boolean {
  return (code === 'CONTENT_STORE_FAILED' || code === 'CONTENT_FULL') && details?.gateway === undefined;
}
