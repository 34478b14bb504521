import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readGraphicsLines, readNvidia, readRocm, VENDORS } from './read-gpu.ts';

const run = promisify(execFile);
const MILLISECONDS = 3_000;
const DEVICES = '/sys/class/drm';

/** A graphics card, and how it is known. */
export type Gpu = {
  /** Empty for none. */
  readonly name: string;
  /** Of one card; 0 where only its driver knows. */
  readonly memoryMegabytes: number;
  readonly foundBy: 'nvidia-smi' | 'rocm-smi' | 'sysfs' | 'lspci' | 'nothing';
};

/** Looks for a graphics card: asks the drivers’ programs first, then the kernel, then the bus. Never throws. */
export async function findGpu(): Promise<Gpu> {
  return (
    (await ask(
      'nvidia-smi',
      ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'],
      readNvidia,
    )) ??
    (await ask('rocm-smi', ['--showproductname', '--showmeminfo', 'vram', '--json'], readRocm)) ??
    findInSysfs(DEVICES) ??
    (await ask('lspci', ['-mm'], readGraphicsLines)) ?? { name: '', memoryMegabytes: 0, foundBy: 'nothing' }
  );
}

/** What the kernel’s graphics drivers say of the cards that they drive. */
export function findInSysfs(devices: string): Gpu | undefined {
  for (const card of list(devices).filter((name) => /^card\d+$/.test(name))) {
    const device = join(devices, card, 'device');
    const vendor = VENDORS[read(join(device, 'vendor'))];
    if (vendor === undefined) continue;
    const name = read(join(device, 'product_name')) || `${vendor} ${read(join(device, 'device'))}`;
    const bytes = Number(read(join(device, 'mem_info_vram_total')));
    return { name, memoryMegabytes: Math.floor((bytes || 0) / 2 ** 20), foundBy: 'sysfs' };
  }
  return undefined;
}

async function ask(
  program: 'nvidia-smi' | 'rocm-smi' | 'lspci',
  options: string[],
  readOutput: (text: string) => Omit<Gpu, 'foundBy'> | undefined,
): Promise<Gpu | undefined> {
  try {
    const { stdout } = await run(program, options, { timeout: MILLISECONDS });
    const gpu = readOutput(stdout);
    return gpu && { ...gpu, foundBy: program };
  } catch {
    return undefined;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
