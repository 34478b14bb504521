import {
  type BlockStore,
  concatBytes,
  exportFile,
  getFileCid,
  importFile,
  readCar,
  writeCar,
} from '@millrace/content';
import { MillraceError } from '@millrace/protocol';
import type { Cid } from '@millrace/protocol/compute';
import { RentError } from '../error/rent-error.ts';
import type { NodeApi } from '../node/node-api.ts';

/** Modules, inputs, checkpoints and results of a renter, in a store of blocks. */
export type RentContent = {
  /** The CID of bytes that jobs are made of. The same array is not read twice: do not change it. */
  add(file: Uint8Array | Cid): Promise<Cid>;
  /** Bytes of what was added; 0 for what is not here. */
  sizeOf(cids: readonly Cid[]): number;
  /** Sends a node all that is here of these; answers whether anything was. */
  upload(api: NodeApi, cids: readonly Cid[], signal?: AbortSignal): Promise<boolean>;
  /** Fetches a checkpoint, verifies it and keeps it, so that it outlives its node. */
  save(api: NodeApi, cid: Cid, mostBytes: number, signal?: AbortSignal): Promise<void>;
  /** The bytes of a result: those that came with the event, else from the node; they are what the CID stands for. */
  result(api: NodeApi, cid: Cid, options: ResultOptions): Promise<Uint8Array>;
};

type ResultOptions = {
  readonly inline?: Uint8Array | undefined;
  readonly mostBytes: number;
  /** Whether to keep it in the store. */
  readonly keep: boolean;
  readonly signal?: AbortSignal | undefined;
};

/** Content over a store of blocks. */
export function createRentContent(store: BlockStore): RentContent {
  const known = new WeakMap<Uint8Array, Promise<Cid>>();
  const sizes = new Map<Cid, number>();

  const add = async (file: Uint8Array | Cid): Promise<Cid> => {
    if (typeof file === 'string') return file;
    let cid = known.get(file);
    if (cid === undefined) {
      cid = importFile(store, file);
      known.set(file, cid);
    }
    sizes.set(await cid, file.length);
    return await cid;
  };

  const fetched = async (api: NodeApi, cid: Cid, mostBytes: number, signal?: AbortSignal): Promise<void> => {
    // The frames of a CAR and the links between blocks take some room as well.
    const car = await api.download(cid, mostBytes + mostBytes / 8 + 65_536, signal);
    await readCar(store, [car], { root: cid, maxBytes: car.length });
  };

  return {
    add,
    sizeOf: (cids) => cids.reduce((sum, cid) => sum + (sizes.get(cid) ?? 0), 0),
    upload: async (api, cids, signal) => {
      let sent = false;
      for (const cid of new Set(cids)) {
        const car = await carOf(store, cid);
        if (car === undefined) continue;
        await api.upload(car, signal);
        sent = true;
      }
      return sent;
    },
    save: fetched,
    result: async (api, cid, { inline, mostBytes, keep, signal }) => {
      try {
        if (inline !== undefined) {
          const actual = keep ? await importFile(store, inline) : await getFileCid(inline);
          // Other ways to write the same file down have other CIDs: then the node's blocks are asked for.
          if (actual === cid) return inline;
        }
        await fetched(api, cid, mostBytes, signal);
        const bytes = await exportFile(store, cid, { maxBytes: mostBytes });
        if (!keep) await store.delete?.(cid);
        return bytes;
      } catch (cause) {
        const isNetwork = cause instanceof MillraceError && cause.code === 'RENT_NODE_UNREACHABLE';
        if (isNetwork || signal?.aborted) throw cause;
        throw new RentError(
          'RENT_RESULT_INVALID',
          `The result is not what ${cid} stands for.`,
          { cid },
          cause,
        );
      }
    },
  };
}

/** `undefined` when a block is not here. */
async function carOf(store: BlockStore, cid: Cid): Promise<Uint8Array | undefined> {
  if (!(await store.has(cid))) return undefined;
  const parts: Uint8Array[] = [];
  try {
    for await (const part of writeCar(store, cid)) parts.push(part);
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'CONTENT_NOT_FOUND') return undefined;
    throw error;
  }
  return concatBytes(parts);
}
