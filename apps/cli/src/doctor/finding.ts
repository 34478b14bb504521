/** What one look of the doctor found. */
export type Finding = {
  /** For programs. */
  check: string;
  status: 'ok' | 'warning' | 'failed';
  /** What was found, one sentence. */
  says: string;
  /** What to do about it. */
  hint?: string | undefined;
  /** The error’s name, when there was one. */
  code?: string | undefined;
};

export function ok(check: string, says: string): Finding {
  return { check, status: 'ok', says };
}

export function warning(check: string, says: string, hint: string): Finding {
  return { check, status: 'warning', says, hint };
}
