import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** What a running local chain says about itself in its folder. */
const schema = z.strictObject({
  pid: z.int(),
  rpc: z.string(),
  port: z.int(),
  chainId: z.int(),
  startedAt: z.string(),
});

export type DevnetRecord = z.infer<typeof schema>;

/** Where a local chain keeps its files. */
export function devnetFiles(folder: string) {
  return {
    folder,
    record: join(folder, 'devnet.json'),
    log: join(folder, 'devnet.log'),
    deployment: join(folder, 'deployment.json'),
    lock: join(folder, 'devnet.lock'),
  };
}

export type DevnetFiles = ReturnType<typeof devnetFiles>;

/** What the folder says. A file that is damaged says nothing: whoever wrote it was cut off. */
export function readRecord(folder: string): DevnetRecord | undefined {
  const { record } = devnetFiles(folder);
  if (!existsSync(record)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(record, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Written whole or not at all. */
export function writeRecord(folder: string, record: DevnetRecord): void {
  const { record: path } = devnetFiles(folder);
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(draft, path);
}

/** Removes what a chain that is gone has left, its log apart. */
export function removeTraces(folder: string, { keepLock = false } = {}): void {
  const files = devnetFiles(folder);
  for (const path of [files.record, files.deployment]) rmSync(path, { force: true });
  if (!keepLock) rmSync(files.lock, { force: true });
}
