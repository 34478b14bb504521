import { MillraceError } from '@millrace/protocol';
import { epochOf, frontierRoot } from '@millrace/protocol/compute';
import { anchorReceipts } from '@millrace/sdk/compute';
import type { Core } from '../core.ts';

/** An hour is over for us when it is over for everybody, seconds: the chain may be behind. */
const MARGIN_SECONDS = 60n;

/** Fixes the receipts of every hour that is over on chain. */
export async function anchorEpochs(core: Core, time = BigInt(Math.floor(Date.now() / 1_000))): Promise<void> {
  const running = epochOf(time - MARGIN_SECONDS);
  for (const [epoch, frontier] of [...core.journal.state.epochs]) {
    if (BigInt(epoch) >= running) continue;
    await core.sender.inTurn(async () => {
      const { receipts } = core.config.contracts;
      const terms = { epoch: BigInt(epoch), root: frontierRoot(frontier), count: BigInt(frontier.size) };
      try {
        const { hash } = await anchorReceipts(core.client, { receipts, ...terms });
        core.log.info({ hash, epoch, count: frontier.size }, 'receipts are anchored');
      } catch (error) {
        // It was sent before the last crash.
        if (!(error instanceof MillraceError) || error.code !== 'ALREADY_ANCHORED') throw error;
      }
      await core.journal.append({ t: 'anchored', epoch });
    });
  }
}
