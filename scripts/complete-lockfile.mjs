// Keeps package-lock.json whole for every platform: node scripts/complete-lockfile.mjs [--fix]
//
// npm leaves a platform's optional package out of the lockfile when the registry at hand does not offer it (a mirror, a
// firewall), and then `npm ci` refuses that lockfile everywhere. Such packages are pinned exactly by their parent, so
// the entry can be written without asking the registry; it has no integrity, which npm then fetches where it is needed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './ensure-dependencies.mjs';

const SYSTEMS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];

const file = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = findMissing(lock.packages);

if (missing.length > 0 && process.argv.includes('--fix')) {
  for (const { path, entry } of missing) lock.packages[path] = entry;
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(
    `Added ${missing.length} optional packages of other platforms to package-lock.json.\n`,
  );
} else if (missing.length > 0) {
  const names = missing.map(({ path }) => path.replace('node_modules/', '')).join(', ');
  process.stderr.write(`package-lock.json lacks optional packages of other platforms: ${names}\n`);
  process.exitCode = 1;
}

function findMissing(packages) {
  const found = [];
  for (const [parent, { optionalDependencies, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies ?? {})) {
      if (resolves(packages, parent, name)) continue;
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new Error(`${parent} wants ${name}@${version}: run npm install again.`);
      const { cpu, libc, os } = platformOf(name);
      // In the order of npm, so that it does not rewrite the entry.
      const entry = { version, cpu, dev, libc, optional: true, os };
      found.push({ path: `node_modules/${name}`, entry });
    }
  }
  return found;
}

/** As Node looks packages up: beside the parent, then in every folder above. */
function resolves(packages, parent, name) {
  for (
    let folder = parent;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))
  ) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** What npm would read from the package itself, so that other platforms do not try to fetch it. */
function platformOf(name) {
  const words = name.replace('amd64', 'x64').split(/[/-]/);
  const cpu = PROCESSORS.find((each) => words.includes(each));
  const os = SYSTEMS.find((each) => words.includes(each));
  const libc = /-musl/.test(name) ? 'musl' : /-gnu/.test(name) ? 'glibc' : undefined;
  return { cpu: cpu && [cpu], libc: libc && [libc], os: os && [os] };
}
