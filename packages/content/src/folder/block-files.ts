import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cid, isCid } from '@millrace/protocol/compute';

/** A block that is there; `usedAt` is when it was written, unix milliseconds. */
type FoundBlock = { readonly cid: Cid; readonly bytes: number; readonly usedAt: number };

/** What a process that died left half-written is removed when nobody can still be writing it. */
const ABANDONED_AFTER_MILLISECONDS = 3_600_000;

/** One file for each block, spread over 1,024 folders by the end of its name, which is where names differ. */
export type BlockFiles = {
  read(cid: Cid): Promise<Uint8Array | undefined>;
  /** There as a whole or not at all; if durable, there after a power cut when it resolves. */
  write(cid: Cid, bytes: Uint8Array): Promise<void>;
  remove(cid: Cid): Promise<void>;
  /** All blocks, those written first at the front. */
  list(): Promise<FoundBlock[]>;
};

/** Makes the folders that are missing. */
export async function openBlockFiles(folder: string, durable: boolean): Promise<BlockFiles> {
  const blocks = join(folder, 'blocks');
  const unfinished = join(folder, 'unfinished');
  const shards = new Set<string>();
  await mkdir(blocks, { recursive: true });
  await mkdir(unfinished, { recursive: true });
  await removeAbandoned(unfinished);

  const shardOf = (cid: Cid) => join(blocks, cid.slice(-3, -1));
  const pathOf = (cid: Cid) => join(shardOf(cid), cid);

  async function makeShard(shard: string): Promise<void> {
    if (shards.has(shard)) return;
    const isNew = (await mkdir(shard, { recursive: true })) !== undefined;
    if (isNew && durable) await syncFolder(blocks);
    shards.add(shard);
  }

  return {
    read: (cid) => readFile(pathOf(cid)).then(asPlainBytes, unlessMissing),
    write: async (cid, bytes) => {
      const temporary = join(unfinished, randomUUID());
      try {
        await withFile(temporary, 'wx', async (file) => {
          await file.writeFile(bytes);
          if (durable) await file.sync();
        });
        await makeShard(shardOf(cid));
        await rename(temporary, pathOf(cid));
        if (durable) await syncFolder(shardOf(cid));
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
    },
    remove: (cid) => rm(pathOf(cid), { force: true }),
    list: async () => {
      const found: FoundBlock[] = [];
      for (const shard of await readdir(blocks)) {
        for (const cid of (await readdir(join(blocks, shard))).filter(isCid)) {
          const stats = await stat(join(blocks, shard, cid)).catch(unlessMissing);
          if (stats) found.push({ cid, bytes: stats.size, usedAt: stats.mtimeMs });
        }
      }
      return found.sort((a, b) => a.usedAt - b.usedAt);
    },
  };
}

/** A new name is durable only when its folder is. */
export async function syncFolder(folder: string): Promise<void> {
  await withFile(folder, 'r', (handle) => handle.sync());
}

/** Opens a file for as long as `work` takes. */
export async function withFile(
  path: string,
  flags: string,
  work: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  await work(file).finally(() => file.close());
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const stats = await stat(path).catch(unlessMissing);
    if (stats && Date.now() - stats.mtimeMs > ABANDONED_AFTER_MILLISECONDS) await rm(path, { force: true });
  }
}

function asPlainBytes(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
