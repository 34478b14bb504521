// Runs a development tool that npm installed, without npx: faster, quieter, and never from the network.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './ensure-dependencies.mjs';

const isWindows = process.platform === 'win32';

/**
 * @param {'node' | 'npm' | 'forge' | (string & {})} name of Node itself, npm, forge, or anything in node_modules/.bin
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function spawnTool(name, args, options = {}) {
  const isScript = name !== 'node' && name !== 'forge';
  return spawn(executable(name), args, {
    cwd: root,
    stdio: 'inherit',
    shell: isWindows && isScript,
    ...options,
  });
}

/** Resolves to the exit code; a tool that cannot be started or was killed counts as 1. */
export function runTool(name, args, options) {
  return new Promise((resolve) => {
    const child = spawnTool(name, args, options);
    child.on('error', (error) => {
      process.stderr.write(`${name}: ${error.message}\n`);
      resolve(1);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
}

function executable(name) {
  if (name === 'node') return process.execPath;
  if (name === 'forge') return forge();
  if (name === 'npm') return 'npm';
  return join(root, 'node_modules', '.bin', isWindows ? `${name}.cmd` : name);
}

/** The binary itself: the wrapper in node_modules/.bin ends with code 0 whatever forge says. */
function forge() {
  const { resolve } = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/forge/bin.mjs'));
  const processor = process.arch === 'x64' ? 'amd64' : process.arch;
  const file = isWindows ? 'forge.exe' : 'forge';
  return resolve(`@foundry-rs/forge-${process.platform}-${processor}/bin/${file}`);
}
