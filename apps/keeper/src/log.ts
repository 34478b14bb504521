import { destination, type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

/** JSON lines; readable lines when a person looks on. */
export function createLog(level: string, output: { readonly fd: number; readonly isTTY: boolean }): Log {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!output.isTTY) return pino(options, destination({ dest: output.fd, sync: true }));
  return pino(options, pretty({ colorize: true, sync: true, singleLine: true, destination: output.fd }));
}
