import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cid, isCid } from '@millrace/protocol/compute';
import { ContentError } from '../content-error.ts';
import { syncFolder, withFile } from './block-files.ts';

/** Content, and who wants it kept. */
export type Pin = { readonly root: Cid; readonly owner: string };

/** Which blocks may not leave. One file without content for each pin, so that pins outlive the process. */
export type Pins = {
  isPinned(cid: Cid): boolean;
  /** Blocks that a pin in the making has reached: they stay until it is added or given up. */
  hold(cid: Cid): void;
  release(cids: readonly Cid[]): void;
  /** Turns the blocks that are held into a pin. */
  add(pin: Pin, held: readonly Cid[]): Promise<void>;
  remove(pin: Pin): Promise<void>;
  list(): Pin[];
  /** Those of earlier processes; their blocks have to be held anew. */
  readonly found: readonly Pin[];
  /** Takes blocks that are held for a pin that was found. */
  restore(pin: Pin, held: readonly Cid[]): void;
};

const OWNER = /^[\w-]{1,80}$/;

export async function openPins(folder: string, durable: boolean): Promise<Pins> {
  await mkdir(folder, { recursive: true });
  const counts = new Map<Cid, number>();
  const pinned = new Map<string, readonly Cid[]>();

  function release(cids: readonly Cid[]): void {
    for (const cid of cids) {
      const count = (counts.get(cid) ?? 0) - 1;
      if (count > 0) counts.set(cid, count);
      else counts.delete(cid);
    }
  }

  return {
    isPinned: (cid) => counts.has(cid),
    hold: (cid) => void counts.set(cid, (counts.get(cid) ?? 0) + 1),
    release,
    async add(pin, held) {
      const name = nameOf(pin);
      await withFile(join(folder, name), 'w', async () => {});
      if (durable) await syncFolder(folder);
      // Somebody else may have added the same while this waited for the disk.
      release(pinned.get(name) ?? []);
      pinned.set(name, held);
    },
    async remove(pin) {
      const name = nameOf(pin);
      await rm(join(folder, name), { force: true });
      release(pinned.get(name) ?? []);
      pinned.delete(name);
    },
    list: () => [...pinned.keys()].flatMap(parseName),
    found: (await readdir(folder)).flatMap(parseName),
    restore: (pin, held) => void pinned.set(nameOf(pin), held),
  };
}

function nameOf({ root, owner }: Pin): string {
  if (isCid(root) && OWNER.test(owner)) return `${root}.${owner}`;
  throw new ContentError('CONTENT_INVALID', `“${root}” cannot be pinned for “${owner}”.`, { root, owner });
}

function parseName(name: string): Pin[] {
  const at = name.indexOf('.');
  const pin = { root: name.slice(0, at), owner: name.slice(at + 1) };
  return isCid(pin.root) && OWNER.test(pin.owner) ? [pin] : [];
}
