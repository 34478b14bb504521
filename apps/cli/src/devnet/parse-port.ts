import { UsageError } from '../usage-error.ts';

/** @throws {@link UsageError} `INVALID_OPTION` when it is no port. */
export function parsePort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UsageError(`“${text}” is no port.`, 'INVALID_OPTION', 'A port is a number from 1 to 65535.');
}
