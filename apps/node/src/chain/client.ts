import {
  type Account,
  type Chain,
  type Client,
  createWalletClient,
  defineChain,
  fallback,
  http,
  type LocalAccount,
  type PublicActions,
  publicActions,
  type Transport,
  type WalletActions,
} from 'viem';
import type { NodeConfig } from '../config/schema.ts';

/** Reads the chain, and speaks for the node. */
export type NodeClient = Client<
  Transport,
  Chain,
  Account,
  undefined,
  PublicActions<Transport, Chain, Account> & WalletActions<Chain, Account>
>;

/** A client over the configured endpoints, the first that answers. Requests of one moment travel together. */
export function createNodeClient(chain: NodeConfig['chain'], account: LocalAccount): NodeClient {
  const options = { timeout: chain.timeoutSeconds * 1_000, retryCount: 1, batch: { batchSize: 100 } };
  const transports = chain.rpc.map((url) => http(url, options));
  const [only] = transports;
  const transport = transports.length === 1 && only ? only : fallback(transports);
  const known = defineChain({
    id: chain.chainId,
    name: `chain ${chain.chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: chain.rpc } },
  });
  return createWalletClient({
    account,
    chain: known,
    transport,
    cacheTime: 0,
    pollingInterval: Math.min(chain.pollSeconds, 1) * 500,
  }).extend(publicActions) as unknown as NodeClient;
}
