import { JournalError, type Journal as JournalOf, openJournal } from '@millrace/journal';
import type { Remembered } from './forget.ts';
import type { Home, JournalRecord } from './records.ts';
import { applyRecord, emptyState, type NodeState, toRecords } from './state.ts';

/** What this node has promised, done and been promised. */
export type Journal = JournalOf<JournalRecord, NodeState>;

const hints = {
  JOURNAL_CORRUPT:
    'Restore it from a copy. Moving it away starts afresh: vouchers that are not redeemed would be lost.',
  JOURNAL_FAILED:
    'Check that its folder is writable and has room. The node promises nothing that it cannot write down.',
};

/**
 * Opens or creates the journal of a node.
 *
 * @throws `JournalError`: `JOURNAL_CORRUPT`, `JOURNAL_FAILED`, and `JOURNAL_ELSEWHERE` when it is of another account, chain
 * or contract.
 */
export async function openNodeJournal(path: string, home: Home, remembered?: Remembered): Promise<Journal> {
  const apply = (state: NodeState, record: JournalRecord) => applyRecord(state, record, remembered);
  const meaning = { empty: emptyState, apply, toRecords, hints, compactAboveBytes: 8 * 2 ** 20 };
  const journal = await openJournal<JournalRecord, NodeState>(path, meaning);
  const known = journal.state.home;
  if (known === undefined) {
    await journal.append({ t: 'home', home });
    return journal;
  }
  const differs = (Object.keys(home) as (keyof Home)[]).filter((name) => known[name] !== home[name]);
  if (differs.length === 0) return journal;
  await journal.close();
  throw new JournalError(`The journal ${path} has another ${differs.join(' and ')}.`, {
    code: 'JOURNAL_ELSEWHERE',
    hint: 'Each account, chain and token needs a folder of its own. After a local chain was reset, move the old one away.',
    details: { journal: known, here: home },
  });
}
