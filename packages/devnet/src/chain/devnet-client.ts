import {
  type Account,
  type Chain,
  type Client,
  createTestClient,
  defineChain,
  type HttpTransport,
  http,
  type PublicActions,
  publicActions,
  type TestActions,
  type WalletActions,
  walletActions,
} from 'viem';
import { devnetAccount } from './accounts.ts';

/** Anvil as viem knows it, without loading the hundreds of other chains of `viem/chains`. */
const foundry = defineChain({
  id: 31_337,
  name: 'Foundry',
  nativeCurrency: { decimals: 18, name: 'Ether', symbol: 'ETH' },
  rpcUrls: { default: { http: ['http://127.0.0.1:8545'], webSocket: ['ws://127.0.0.1:8545'] } },
});

/** A viem client with public, wallet and test actions, speaking for account 0 of the devnet. */
export type DevnetClient = Client<
  HttpTransport,
  Chain,
  Account,
  undefined,
  TestActions & PublicActions<HttpTransport, Chain, Account> & WalletActions<Chain, Account>
>;

export type DevnetClientOptions = {
  /** Default: 31337. */
  chainId?: number | undefined;
  /** Who signs when nobody else is named. Default: account 0, the deployer. */
  account?: Account | undefined;
};

/**
 * A client of a local chain that polls quickly.
 *
 * @param chain what `startAnvil` returned, or anything with the address of its JSON-RPC
 *
 * @example
 * ```ts
 * const client = createDevnetClient(await startAnvil())
 * await client.getBlockNumber()
 * ```
 */
export function createDevnetClient(
  chain: { readonly url: string },
  options: DevnetClientOptions = {},
): DevnetClient {
  const id = options.chainId ?? foundry.id;
  return createTestClient({
    mode: 'anvil',
    chain: { ...foundry, id, rpcUrls: { default: { http: [chain.url] } } },
    transport: http(chain.url, { retryCount: 1, timeout: 60_000 }),
    account: options.account ?? devnetAccount(0),
    pollingInterval: 20,
    cacheTime: 0,
  })
    .extend(publicActions)
    .extend(walletActions);
}
