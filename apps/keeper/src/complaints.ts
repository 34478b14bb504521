import type { Log } from './log.ts';

/** Says something again only when it changed or ten minutes passed. */
const REPEAT_MILLISECONDS = 600_000;

/** Things that may stay wrong for long, each logged once instead of at every block. */
export type Complaints = {
  raise: (about: string, text: string) => void;
  /** It is fine again. */
  settle: (about: string) => void;
};

export function createComplaints(log: Log): Complaints {
  const said = new Map<string, { text: string; at: number }>();
  return {
    raise: (about, text) => {
      const last = said.get(about);
      if (last?.text === text && Date.now() - last.at < REPEAT_MILLISECONDS) return;
      said.set(about, { text, at: Date.now() });
      log.warn({ about }, text);
    },
    settle: (about) => {
      if (said.delete(about)) log.info({ about }, 'fine again');
    },
  };
}
