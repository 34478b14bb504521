// Runs a development tool that npm installed, without npx: faster, quieter, and never from the network.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './ensure-dependencies.mjs';

/**
 * @param {string} name `node`, or an executable of node_modules/.bin
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function spawnTool(name, args, options = {}) {
  if (name === 'node') return spawn(process.execPath, args, { cwd: root, stdio: 'inherit', ...options });
  const windows = process.platform === 'win32';
  const file = join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);
  return spawn(file, args, { cwd: root, stdio: 'inherit', shell: windows, ...options });
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
