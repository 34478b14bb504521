import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findGpu, findInSysfs } from '../../src/hardware/find-gpu.ts';
import { readGraphicsLines, readNvidia, readRocm } from '../../src/hardware/read-gpu.ts';

describe('what programs print', () => {
  test('nvidia-smi', () => {
    expect(readNvidia('NVIDIA GeForce RTX 4090, 24564\n')).toEqual({
      name: 'NVIDIA GeForce RTX 4090',
      memoryMegabytes: 24_564,
    });
    const two = 'NVIDIA A100-SXM4-80GB, 81920\nNVIDIA A100-SXM4-80GB, 81920\nNVIDIA T4, 15360\n';
    expect(readNvidia(two)).toEqual({ name: '2 × NVIDIA A100-SXM4-80GB', memoryMegabytes: 81_920 });
    expect(readNvidia('No devices were found\n')).toBeUndefined();
  });

  test('rocm-smi', () => {
    const text = `{"card0": {"VRAM Total Memory (B)": "25753026560", "VRAM Total Used Memory (B)": "32768",
      "Card Series": "Radeon RX 7900 XTX", "Card Model": "0x744c", "GFX Version": "gfx1100"}, "system": {}}`;
    expect(readRocm(text)).toEqual({ name: 'AMD Radeon RX 7900 XTX', memoryMegabytes: 24_560 });
    expect(readRocm('{}')).toBeUndefined();
  });

  test('lspci: cards, but no management controller and no virtual display', () => {
    const text = `00:00.0 "Host bridge" "Intel Corporation" "Device 4660" -r02 "" ""
00:02.0 "VGA compatible controller" "Intel Corporation" "AlderLake-S GT1" -r0c "Micro-Star" "Device 7d25"
00:01.0 "VGA compatible controller" "Cirrus Logic" "GD 5446" "Red Hat, Inc." "QEMU Virtual Machine"
03:00.0 "VGA compatible controller" "ASPEED Technology, Inc." "ASPEED Graphics Family" -r41 "" ""\n`;
    expect(readGraphicsLines(text)).toEqual({ name: 'Intel AlderLake-S GT1', memoryMegabytes: 0 });
    const amd =
      '0a:00.0 "Display controller" "Advanced Micro Devices, Inc. [AMD/ATI]" "Navi 31" -rc8 "" ""\n';
    expect(readGraphicsLines(amd)).toEqual({ name: 'AMD Navi 31', memoryMegabytes: 0 });
    expect(readGraphicsLines('')).toBeUndefined();
  });
});

test('what the kernel knows of a card that it drives', () => {
  const root = mkdtempSync(join(tmpdir(), 'millrace-drm-'));
  const device = (card: string, files: Record<string, string>) => {
    mkdirSync(join(root, card, 'device'), { recursive: true });
    for (const [name, text] of Object.entries(files))
      writeFileSync(join(root, card, 'device', name), `${text}\n`);
  };
  try {
    device('card0', { vendor: '0x1a03', device: '0x2000' });
    expect(findInSysfs(root)).toBeUndefined();
    device('card1', { vendor: '0x1002', device: '0x744c', mem_info_vram_total: `${24 * 2 ** 30}` });
    mkdirSync(join(root, 'card1-HDMI-A-1'));
    expect(findInSysfs(root)).toEqual({ name: 'AMD 0x744c', memoryMegabytes: 24_576, foundBy: 'sysfs' });
    expect(findInSysfs(join(root, 'nowhere'))).toBeUndefined();
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('a machine is asked without failing, and says how it knows', async () => {
  const gpu = await findGpu();
  expect(gpu.foundBy === 'nothing').toBe(gpu.name === '');
});
