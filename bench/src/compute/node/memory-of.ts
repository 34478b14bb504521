import { readFileSync } from 'node:fs';

/** Memory of a process that is in RAM, megabytes (2²⁰ bytes). Linux. */
export function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`Process ${pid} does not say what it uses.`);
  return Math.round(Number(kilobytes) / 102.4) / 10;
}
