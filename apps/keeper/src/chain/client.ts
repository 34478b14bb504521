import { createPublicClient, fallback, http, type PublicClient, type Transport } from 'viem';
import type { KeeperConfig } from '../config/schema.ts';
import type { Metrics } from '../metrics/metrics.ts';

export type ChainClient = PublicClient;

/** A client over the configured endpoints, the first that answers; every request is measured and bounded in time. */
export function createChainClient(chain: KeeperConfig['chain'], metrics: Metrics): ChainClient {
  const timeout = chain.timeoutSeconds * 1_000;
  const transports = chain.rpc.map((url) => metered(http(url, { timeout, retryCount: 0 }), metrics));
  const [only] = transports;
  const transport = transports.length === 1 && only ? only : fallback(transports, { retryCount: 0 });
  return createPublicClient({ transport, cacheTime: 0, pollingInterval: chain.pollSeconds * 1_000 });
}

function metered(transport: Transport, metrics: Metrics): Transport {
  return (options) => {
    const made = transport(options);
    const request: typeof made.request = async (body, extra) => {
      const { method } = body as { method: string };
      const stop = metrics.rpc.startTimer({ method });
      try {
        return await made.request(body, extra);
      } catch (error) {
        metrics.rpcErrors.inc({ method });
        throw error;
      } finally {
        stop();
      }
    };
    return { ...made, request };
  };
}
