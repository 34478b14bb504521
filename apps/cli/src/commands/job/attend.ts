import { JournalError } from '@millrace/journal';
import { openCompute } from '../../chain/open-compute.ts';
import { defineCommand } from '../../command.ts';
import { findActor, signerOptions } from '../../keys/signer.ts';
import { type OpenRenter, openRenter } from '../../rent/open-renter.ts';
import { pause } from '../../terminal/pause.ts';
import { UsageError } from '../../usage-error.ts';

const LAST_RECEIPTS_MILLISECONDS = 5_000;
const LOCKED_MILLISECONDS = 500;

export const jobAttend = defineCommand({
  path: 'job attend',
  summary:
    'Pay for jobs that were given away, until they have ended: what `job create` leaves in the background',
  hidden: true,
  endsOnInterrupt: true,
  arguments: { books: { about: 'the number of the books' } },
  options: signerOptions,
  examples: ['job attend 0 --as alice'],
  run: async (session, { arguments: { books }, options }) => {
    if (!/^\d{1,2}$/.test(books))
      throw new UsageError(`“${books}” is no number of books.`, 'INVALID_ARGUMENT');
    const opened = await openCompute(session);
    const account = await (await findActor(session, opened, options)).unlock();
    const { signal, terminal } = session;
    const open = () => openRenter(session, opened, { account, slot: Number(books) });
    const rented = await whenFree(open, signal);
    if (rented === undefined) return undefined;
    const { renter, close } = rented;
    try {
      const ended = renter.unfinished().map(({ id, result }) =>
        result.then(
          ({ cid }) => terminal.printLine({ data: { id, cid }, text: `${id} done: ${cid}` }),
          (error: Error) => terminal.printLine({ data: { id, error }, text: `${id}: ${error.message}` }),
        ),
      );
      const interrupted = new Promise<void>((resolve) =>
        signal.addEventListener('abort', () => resolve(), { once: true }),
      );
      await Promise.race([Promise.all(ended), interrupted]);
      // A job that was stopped has a receipt as well: what it did is paid.
      await Promise.race([renter.settle(LAST_RECEIPTS_MILLISECONDS), interrupted]);
    } finally {
      await close();
    }
    return undefined;
  },
});

/** Another command may have taken the books before: it attends the jobs only as long as it runs. */
async function whenFree(
  open: () => Promise<OpenRenter>,
  signal: AbortSignal,
): Promise<OpenRenter | undefined> {
  while (!signal.aborted) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof JournalError && error.code === 'JOURNAL_LOCKED')) throw error;
    }
    await pause(LOCKED_MILLISECONDS, signal);
  }
  return undefined;
}
