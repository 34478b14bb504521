import type { Address, Hex } from 'viem';
import type { StateKey } from './state-key.ts';

/** A value before and after a transaction: a 32-byte word for storage, a quantity for balance and nonce, a hash or bytes for code. Hex without leading zeros. */
export type Change = { before: Hex; after: Hex };

/** What a transaction may read of the block it is in, by the name of the opcode. */
export type EnvironmentField =
  | 'TIMESTAMP'
  | 'NUMBER'
  | 'COINBASE'
  | 'PREVRANDAO'
  | 'GASLIMIT'
  | 'BASEFEE'
  | 'BLOBBASEFEE'
  | 'BLOCKHASH'
  | 'BLOBHASH';

/** What one transaction cost and touched. */
export type TransactionAccess = {
  hash: Hex;
  /** Place in the block, from 0. */
  index: number;
  from: Address;
  /** `null` when it creates a contract. */
  to: Address | null;
  /** First four bytes of the input, `0x` for a plain transfer. */
  selector: Hex;
  /** Gas that it used. */
  gas: number;
  /** Gas that it might have used: what Monad charges. */
  gasLimit: number;
  /** Everything whose value may have decided what it did: slots loaded or stored to, accounts looked at, its sender. */
  reads: ReadonlySet<StateKey>;
  /** What has another value after it. */
  writes: ReadonlyMap<StateKey, Change>;
  /** Slots it stored to, whether or not the value changed. Contains the slots of `writes`; equals them for sources that see no more. */
  stores: ReadonlySet<StateKey>;
  /** Balances that only had something added or taken, and that no instruction looked at: an engine may merge them. */
  deltas: ReadonlySet<StateKey>;
  /** What it asked about its block, and the gas it had used when it first did. */
  environment: ReadonlyMap<EnvironmentField, number>;
  /** Bytes that were hashed, by their keccak-256: what names the slots of mappings and arrays. */
  preimages: ReadonlyMap<Hex, Hex>;
  /** Whose code ran on whose storage: by owner, the accounts whose code it was (the owner itself, an implementation, a library). */
  codes: ReadonlyMap<Address, ReadonlySet<Address>>;
};

/** What the transactions of one block cost and touched, in order. */
export type BlockAccess = {
  number: bigint;
  hash: Hex;
  /** Seconds since 1970. */
  timestamp: bigint;
  /** Who gets the fees. Its balance is left out of all sets unless a transaction looked at it. */
  coinbase: Address;
  transactions: readonly TransactionAccess[];
};
