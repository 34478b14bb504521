import type { Address, Hex } from 'viem';

/** A call that nobody has sent: for a wallet, a multisig, a batch, or `simulateCall`. */
export type Call = { readonly to: Address; readonly data: Hex };
