import type { Link } from '../channel/link.ts';
import { wait } from '../channel/wait.ts';

const LOOK_MILLISECONDS = 50;

/**
 * Pays what is due in channels, and waits until their nodes have it.
 *
 * @param patienceMilliseconds how long receipts of attempts that were given up may take
 */
export async function settleLinks(
  links: Iterable<Link>,
  signal: AbortSignal,
  patienceMilliseconds = 0,
): Promise<void> {
  const all = [...links];
  const until = Date.now() + patienceMilliseconds;
  while (
    all.some(({ owed, state }) => owed > 0 && state === 'open') &&
    Date.now() < until &&
    !signal.aborted
  ) {
    await wait(LOOK_MILLISECONDS, signal);
  }
  await Promise.all(all.map(({ payments }) => payments.now()));
}
