import type { DevnetClient } from './devnet-client.ts';

/** Remembers the state of the chain. */
export async function snapshot(client: DevnetClient): Promise<Snapshot> {
  let id = await client.snapshot();
  return {
    restore: async () => {
      await client.revert({ id });
      id = await client.snapshot();
    },
  };
}

export type Snapshot = {
  /** Brings the chain back to this state. May be called any number of times. */
  restore: () => Promise<void>;
};
