import { join } from 'node:path';
import { openFolderStore } from '@millrace/content/folder';
import { createRenter, type Renter, type RenterEvent } from '@millrace/sdk/rent';
import { createWalletClient, http, type LocalAccount, publicActions } from 'viem';
import type { OpenCompute } from '../chain/open-compute.ts';
import type { Session } from '../session.ts';
import { rentFolder } from './rent-folder.ts';
import { type Slot, takeSlot, takeSlotNumber } from './slots.ts';
import { watchStops } from './stops.ts';

/** A renter of this process, over books that no other process has. */
export type OpenRenter = {
  readonly renter: Renter;
  readonly slot: Slot;
  readonly close: () => Promise<void>;
};

export type RenterWishes = {
  readonly account: LocalAccount;
  /** Endpoints beside those of the registry. */
  readonly nodes?: readonly string[];
  /** The books that are needed, when any will not do. */
  readonly slot?: number;
  readonly prefer?: Parameters<typeof createRenter>[0]['prefer'];
  readonly onEvent?: (event: RenterEvent) => void;
};

/** Room for modules, inputs, results and checkpoints. */
export const CONTENT_BYTES = 4 * 2 ** 30;

/** Opens the books of a payer and rents with them. */
export async function openRenter(
  session: Session,
  opened: OpenCompute,
  { account, nodes, slot: number, prefer, onEvent }: RenterWishes,
): Promise<OpenRenter> {
  const { compute, url, client } = opened;
  const folder = await rentFolder(session, opened, account.address);
  const slot = await (number === undefined ? takeSlot(folder) : takeSlotNumber(folder, number));
  try {
    const wallet = createWalletClient({
      account,
      chain: undefined,
      transport: http(url, { timeout: session.settings.timeoutMilliseconds, retryCount: 1 }),
      pollingInterval: client.pollingInterval,
    }).extend(publicActions);
    const blocks = await openFolderStore(join(folder, `${slot.number}.content`), { maxBytes: CONTENT_BYTES });
    const renter = await createRenter({
      client: wallet,
      account,
      contracts: compute,
      token: compute.token.address,
      store: slot.store,
      blocks,
      keepResults: true,
      discovery: { nodes, fromBlock: opened.deployment.deployedAtBlock },
      prefer,
      onEvent,
    });
    const unwatch = watchStops(slot.path, (job) => renter.handle(job)?.stop());
    return {
      renter,
      slot,
      close: async () => {
        unwatch();
        await renter.close().finally(() => slot.release());
      },
    };
  } catch (error) {
    await slot.release();
    throw error;
  }
}
