import { MillraceError, RevertError } from '@millrace/protocol';
import { UsageError } from './usage-error.ts';

/** What the process ends with. Part of the interface: scripts rely on the numbers. */
export const EXIT = {
  /** Done, or nothing to do. */
  ok: 0,
  /** You can mend it: an amount, a balance, a key, a configuration. */
  user: 1,
  /** The command line is wrong: an unknown word, a missing argument. */
  usage: 2,
  /** Nobody served it: no answer in time, no machine for the job, or one that failed it. Trying again may help. */
  unserved: 3,
  /** The contracts refused, or something in Millrace is broken. */
  protocol: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** The exit code of an error. Whatever a contract refused is 4, whoever has to act. */
export function exitCodeOf(error: MillraceError): number {
  if (error instanceof UsageError) return EXIT.usage;
  if (error.code === 'INVALID_AMOUNT') return EXIT.usage;
  if (error.code === 'INTERRUPTED') return EXIT.interrupted;
  if (error instanceof RevertError) return EXIT.protocol;
  if (error.walk((each) => each instanceof MillraceError && each.fault === 'network')) return EXIT.unserved;
  if (error.fault === 'provider') return EXIT.unserved;
  return error.fault === 'user' ? EXIT.user : EXIT.protocol;
}
