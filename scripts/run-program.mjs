// Runs a program of this repository from its TypeScript sources, as if it had been called directly.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies, root } from './ensure-dependencies.mjs';

/** @param {string} entry path from the root @param {string[]} args */
export function runProgram(entry, args) {
  ensureDependencies();
  const flags = ['--conditions=@millrace/source', '--import', import.meta.resolve('tsx'), join(root, entry)];
  const child = spawn(process.execPath, [...flags, ...args], { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child by itself; a signal sent to this process alone is handed on.
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
