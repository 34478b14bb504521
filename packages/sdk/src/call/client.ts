import type { Account, Chain, Client, Transport } from 'viem';

/** Any viem client: the caller owns it, its transport, its account and its timeouts. */
export type SdkClient = Client<Transport, Chain | undefined, Account | undefined>;
