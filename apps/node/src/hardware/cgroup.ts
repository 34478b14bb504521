import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where the kernel tells a process what it may use. */
const MOUNT = '/sys/fs/cgroup';
const OWN_GROUPS = '/proc/self/cgroup';

/**
 * How many processors’ time the control groups of this process leave it; `undefined` for no limit. Containers are limited
 * this way, which `os.availableParallelism` does not see. Every group above counts as well.
 */
export function readCpuQuota(mount = MOUNT, ownGroups = OWN_GROUPS): number | undefined {
  const quotas = groupsOf(ownGroups).flatMap(({ controllers, path }) =>
    controllers === ''
      ? [join(mount, path), join(mount, 'unified', path)].flatMap((folder) =>
          upwards(folder, mount, readQuota2),
        )
      : controllers.split(',').includes('cpu')
        ? ['cpu', controllers].flatMap((name) => upwards(join(mount, name, path), mount, readQuota1))
        : [],
  );
  return quotas.length === 0 ? undefined : Math.min(...quotas);
}

/** Lines such as `0::/user.slice` (version 2) or `4:cpu,cpuacct:/docker/4f…` (version 1). */
function groupsOf(file: string): { controllers: string; path: string }[] {
  return (read(file) ?? '').split('\n').flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    return controllers === undefined || path === undefined ? [] : [{ controllers, path }];
  });
}

function upwards(folder: string, mount: string, quotaOf: (folder: string) => number | undefined): number[] {
  const quotas: number[] = [];
  for (let at = folder; at.startsWith(mount); at = dirname(at)) {
    const quota = quotaOf(at);
    if (quota !== undefined) quotas.push(quota);
    if (at === mount) break;
  }
  return quotas;
}

/** Version 2: `<microseconds or max> <period>`. */
function readQuota2(folder: string): number | undefined {
  const [quota, period] = (read(join(folder, 'cpu.max')) ?? '').trim().split(' ').map(Number);
  return share(quota, period);
}

/** Version 1: −1 is no limit. */
function readQuota1(folder: string): number | undefined {
  const [quota, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((name) => read(join(folder, name)));
  return quota === undefined || period === undefined ? undefined : share(Number(quota), Number(period));
}

function share(quota = Number.NaN, period = Number.NaN): number | undefined {
  return quota > 0 && period > 0 ? quota / period : undefined;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
