import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readCpuQuota } from '../../src/hardware/cgroup.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** A tree such as the kernel shows, and the groups of a process in it. */
function quotaIn(groups: string, files: Record<string, string>): number | undefined {
  const root = mkdtempSync(join(tmpdir(), 'millrace-cgroup-'));
  folders.push(root);
  for (const [name, text] of Object.entries({ ...files, '../own': groups })) {
    const file = name === '../own' ? join(root, 'own') : join(root, 'fs', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return readCpuQuota(join(root, 'fs'), join(root, 'own'));
}

test('version 2: a quota, of the group or of one above', () => {
  const own = '0::/pods/mine\n';
  expect(quotaIn(own, { 'pods/mine/cpu.max': '150000 100000\n' })).toBe(1.5);
  expect(quotaIn(own, { 'pods/mine/cpu.max': 'max 100000\n' })).toBeUndefined();
  expect(quotaIn(own, { 'pods/mine/cpu.max': '400000 100000\n', 'pods/cpu.max': '50000 100000\n' })).toBe(
    0.5,
  );
});

test('version 2 in a container, which sees its own group as the root', () => {
  expect(quotaIn('0::/\n', { 'cpu.max': '200000 100000\n' })).toBe(2);
});

test('version 1: quota and period are files', () => {
  const own = '4:cpu,cpuacct:/docker/4f\n5:memory:/docker/4f\n';
  const group = (quota: string) => ({
    'cpu,cpuacct/docker/4f/cpu.cfs_quota_us': `${quota}\n`,
    'cpu,cpuacct/docker/4f/cpu.cfs_period_us': '100000\n',
  });
  expect(quotaIn(own, group('300000'))).toBe(3);
  expect(quotaIn(own, group('-1'))).toBeUndefined();
  expect(
    quotaIn('1:cpu:/\n', { 'cpu/cpu.cfs_quota_us': '50000\n', 'cpu/cpu.cfs_period_us': '100000\n' }),
  ).toBe(0.5);
});

test('no control groups, no limit', () => {
  expect(quotaIn('', {})).toBeUndefined();
  expect(readCpuQuota('/nowhere', '/nowhere/own')).toBeUndefined();
});
