import { iNodeRegistryAbi } from '@millrace/protocol/contracts/i-node-registry';
import { type Address, getAbiItem } from 'viem';
import type { SdkClient } from '../../call/client.ts';
import { scanLogs } from '../../event/scan-logs.ts';

/** What nodes have said on chain about where they answer; only what is new is read each time. */
export type RegisteredEndpoints = {
  readonly endpoints: ReadonlyMap<Address, string>;
  refresh(): Promise<void>;
};

const PROFILE_SET = getAbiItem({ abi: iNodeRegistryAbi, name: 'ProfileSet' });

/** @param fromBlock where the registry was deployed; default 0 */
export function createRegisteredEndpoints(
  client: SdkClient,
  registry: Address,
  fromBlock = 0n,
): RegisteredEndpoints {
  const endpoints = new Map<Address, string>();
  let from = fromBlock;
  return {
    endpoints,
    refresh: async () => {
      const scan = { address: registry, event: PROFILE_SET, fromBlock: from };
      let scanned: bigint | undefined;
      const onProgress = ({ scannedTo }: { scannedTo: bigint }) => {
        scanned = scannedTo;
      };
      for await (const logs of scanLogs(client, { ...scan, onProgress })) {
        // A later profile replaces the one before it.
        for (const { args } of logs) endpoints.set(args.node, args.profile.endpoint);
      }
      // The newest blocks may still change: they are read again.
      if (scanned !== undefined && scanned > from + 10n) from = scanned - 10n;
    },
  };
}
