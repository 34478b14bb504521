import { destination, type Logger, pino } from 'pino';

export type Log = Logger;

/** JSON lines; readable lines when a person looks on. */
export async function createLog(
  level: string,
  output: { readonly fd: number; readonly isTTY: boolean },
): Promise<Log> {
  const options = { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  if (!output.isTTY) return pino(options, destination({ dest: output.fd, sync: true }));
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ colorize: true, sync: true, singleLine: true, destination: output.fd }));
}

/** For programs that start a node inside themselves and want no words. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}
