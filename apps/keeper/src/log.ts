import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

/** JSON lines on stdout; readable lines when a person looks on. */
export function createLog(level: string, isTerminal: boolean): Log {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!isTerminal) return pino(options);
  return pino(options, pretty({ colorize: true, sync: true, singleLine: true }));
}
