import { type Address, type Hex, keccak256 } from 'viem';
import type { EnvironmentField } from '../../access/block-access.ts';
import { type AccountField, accountKey, type StateKey, slotKey } from '../../access/state-key.ts';

/** Longest bytes worth remembering for a hash: keys of mappings are short. */
const LONGEST_PREIMAGE = 1024;

/** Stands for a contract whose creation failed: nobody else can reach its storage. No real account is called so. */
export const NOWHERE: Address = '0x-------------------------------nowhere';

/** What one transaction touched, with the stores of reverted frames taken back. */
export class TouchRecorder {
  readonly reads = new Set<StateKey>();
  /** Balances that an instruction looked at. */
  readonly lookedAt = new Set<StateKey>();
  readonly environment = new Map<EnvironmentField, number>();
  readonly preimages = new Map<Hex, Hex>();
  readonly codes = new Map<Address, Set<Address>>();
  readonly #effects: Effect[] = [];

  load(owner: string, slot: bigint): void {
    this.reads.add(slotKey(owner, slot));
  }

  /** @param value what it stores; leave it out where nobody asks */
  store(owner: string, slot: bigint, value?: bigint): void {
    const key = slotKey(owner, slot);
    this.reads.add(key);
    this.#effects.push({ kind: 'store', key, value });
  }

  look(address: string, field: AccountField): void {
    const key = accountKey(address, field);
    this.reads.add(key);
    if (field === 'balance') this.lookedAt.add(key);
  }

  /** Anything else that happened and that a revert takes back. */
  note(effect: Exclude<Effect, { kind: 'store' }>): void {
    this.#effects.push(effect);
  }

  /** @param gasUsed gas that the transaction had used before the instruction */
  ask(field: EnvironmentField, gasUsed: number): void {
    if (!this.environment.has(field)) this.environment.set(field, gasUsed);
  }

  /** Remembers the bytes unless their hash is not the one that was computed. Returns whether it is. */
  hash(bytes: Hex, result?: Hex): boolean {
    if (bytes.length > 2 + 2 * LONGEST_PREIMAGE) return true;
    const hash = keccak256(bytes);
    if (result !== undefined && hash !== result) return false;
    this.preimages.set(hash, bytes);
    return true;
  }

  run(owner: Address, code: Address): void {
    const known = this.codes.get(owner);
    if (known) known.add(code);
    else this.codes.set(owner, new Set([code]));
  }

  /** Leaves out what belongs to an account that never came to be. */
  forget(account: Address): void {
    for (const key of this.reads) if (key.startsWith(account)) this.reads.delete(key);
    this.codes.delete(account);
  }

  /** A place to return to with {@link TouchRecorder.undo}. */
  mark(): number {
    return this.#effects.length;
  }

  /** The frame that began at the mark was reverted: what it read stays read, what it did did not happen. */
  undo(mark: number): void {
    this.#effects.length = mark;
  }

  get effects(): readonly Effect[] {
    return this.#effects;
  }

  stores(): Set<StateKey> {
    const stores = new Set<StateKey>();
    for (const effect of this.#effects) if (effect.kind === 'store') stores.add(effect.key);
    return stores;
  }
}

/** Something that a revert takes back. */
export type Effect =
  | { kind: 'store'; key: StateKey; value: bigint | undefined }
  | { kind: 'transfer'; from: Address; to: Address; amount: bigint }
  /** A contract destroys itself and leaves all that it has. */
  | { kind: 'sweep'; from: Address; to: Address }
  /** An account takes the next nonce to make a contract. */
  | { kind: 'nonce'; account: Address }
  | { kind: 'create'; created: Address };

const ENVIRONMENT: ReadonlySet<string> = new Set<EnvironmentField>([
  'TIMESTAMP',
  'NUMBER',
  'COINBASE',
  'PREVRANDAO',
  'GASLIMIT',
  'BASEFEE',
  'BLOBBASEFEE',
  'BLOCKHASH',
  'BLOBHASH',
]);

export function isEnvironmentField(name: string): name is EnvironmentField {
  return ENVIRONMENT.has(name);
}
