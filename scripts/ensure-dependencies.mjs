// Installs the npm packages when they are missing or not those of package-lock.json. Needs nothing but Node.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Says what it does on stderr only: stdout belongs to the program that follows. */
export function ensureDependencies() {
  if (isInstalled()) return;
  process.stderr.write('Installing dependencies from package-lock.json (about half a minute, once) …\n');
  // A line that stalls is tried again soon: npm by itself waits five minutes.
  const patience = ['--fetch-timeout=60000', '--fetch-retries=4'];
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress', ...patience];
  const cli = process.env.npm_execpath;
  const [command, args] = cli ? [process.execPath, [cli, ...flags]] : ['npm', flags];
  const shell = !cli && process.platform === 'win32';
  const { status } = spawnSync(command, args, { cwd: root, shell, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    process.stderr.write('`npm ci` failed; its message is above.\n');
    process.exit(status ?? 1);
  }
  process.stderr.write('Dependencies are installed.\n');
}

/** Compares what npm says it installed with the lockfile: times of files mean nothing after a checkout. */
function isInstalled() {
  const wanted = packagesOf('package-lock.json');
  const present = packagesOf('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional, resolved }]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const found = present[path];
    if (!found) return Boolean(optional || devOptional);
    return link ? found.resolved === resolved : found.version === version;
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}
