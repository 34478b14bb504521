import type { Settings } from './config/settings.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What one run of the CLI has at hand. */
export type Session = {
  terminal: Terminal;
  settings: Settings;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** Aborted on Ctrl-C. */
  signal: AbortSignal;
  /** Hashes of what has been sent so far, for whoever is cut off. */
  sent: string[];
  /** Reads standard input line by line; `undefined` at its end. */
  readLine: () => Promise<string | undefined>;
};
