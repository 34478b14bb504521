import { spawn } from 'node:child_process';
import { Socket } from 'node:net';

/**
 * Makes process `pid` end when this one does, and its `folder` go, even when this one is killed outright.
 *
 * Its guard is a shell that reads a pipe from this process: the pipe closes whatever way this process ends. Windows
 * has no such shell, so there only an orderly exit is covered.
 *
 * @returns a function that ends the tie; call it once `pid` is gone, before its number is used again.
 */
export function tieToParent(pid: number, folder = ''): () => void {
  const kill = () => {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  };
  process.on('exit', kill);
  if (process.platform === 'win32') return () => void process.off('exit', kill);

  const clear = 'read _; kill -KILL "$0" 2>/dev/null; sleep 1; rm -rf "$1"';
  const guard = spawn('/bin/sh', ['-c', clear, String(pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.on('error', () => {});
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return () => {
    process.off('exit', kill);
    guard.kill('SIGKILL');
  };
}
