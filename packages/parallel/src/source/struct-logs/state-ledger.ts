import type { Address, Hex } from 'viem';
import type { Change } from '../../access/block-access.ts';
import { accountKey, type StateKey } from '../../access/state-key.ts';
import { asFields, asList, inconsistent, toHexNumber } from '../answer/fields.ts';
import type { BlockFrame, TransactionFrame } from '../answer/read-block-frame.ts';
import type { Changes } from '../machine/compose-access.ts';
import type { Effect } from '../machine/touch-recorder.ts';
import { readAuthorizations } from '../state/authorizations.ts';
import { feeOf, tipOf } from './fees.ts';

/** What is at a key before the block or after it. */
export type StateReader = (key: StateKey, when: 'before' | 'after') => Promise<Hex>;

/** Follows slots, balances, nonces and code through a block, from the state before it to the state after it. */
export class StateLedger {
  readonly #read: StateReader;
  readonly #block: BlockFrame;
  readonly #now = new Map<StateKey, Hex>();
  #changes = new Map<StateKey, Change>();

  constructor(block: BlockFrame, read: StateReader) {
    this.#block = block;
    this.#read = read;
  }

  /** The code that an account has before the next transaction. */
  codeOf(account: Address): Promise<Hex> {
    return this.#get(accountKey(account, 'code'));
  }

  /** What a transaction changed, given what it did. */
  async apply(frame: TransactionFrame, effects: readonly Effect[]): Promise<Changes> {
    this.#changes = new Map();
    const { from, to, created, value, nonce, succeeded } = frame;
    const born = new Set<Address>();
    await this.#set(accountKey(from, 'nonce'), toHexNumber(nonce + 1n));
    // Asked for even when nothing is paid, so that it is checked in the end.
    await this.#get(accountKey(from, 'balance'));
    await this.#add(from, 'balance', -feeOf(frame));
    await this.#authorize(frame);
    if (succeeded) {
      const target = to ?? created;
      if (target) await this.#move(from, target, value);
      if (created) await this.#create(created, born);
      for (const effect of effects) await this.#effect(effect, born);
    }
    await this.#add(this.#block.coinbase, 'balance', tipOf(this.#block, frame));
    return new Map([...this.#changes].filter(([, { before, after }]) => before !== after));
  }

  /** @throws {@link ParallelError} `TRACE_INCONSISTENT` unless the state after the block is the one that was followed */
  async check(): Promise<void> {
    const untold = new Set<StateKey>([accountKey(this.#block.coinbase, 'balance')]);
    for (const item of asList(this.#block.raw.withdrawals ?? [], 'the withdrawals')) {
      untold.add(accountKey(String(asFields(item, 'a withdrawal').address), 'balance'));
    }
    const keys = [...this.#now].filter(([key]) => !untold.has(key));
    await Promise.all(
      keys.map(async ([key, value]) => {
        const after = await this.#read(key, 'after');
        if (after !== value)
          throw inconsistent('The state after the block is another one.', { key, value, after });
      }),
    );
  }

  async #effect(effect: Effect, born: Set<Address>): Promise<void> {
    if (effect.kind === 'store') {
      if (effect.value === undefined) throw inconsistent('The trace does not tell what was stored.');
      await this.#set(effect.key, toHexNumber(effect.value));
    } else if (effect.kind === 'transfer') await this.#move(effect.from, effect.to, effect.amount);
    else if (effect.kind === 'nonce') await this.#add(effect.account, 'nonce', 1n);
    else if (effect.kind === 'create') await this.#create(effect.created, born);
    else await this.#sweep(effect.from, effect.to, born);
  }

  async #create(created: Address, born: Set<Address>): Promise<void> {
    born.add(created);
    await this.#set(accountKey(created, 'nonce'), '0x1');
    await this.#set(accountKey(created, 'code'), await this.#read(accountKey(created, 'code'), 'after'));
  }

  /** A contract that destroys itself in the transaction that made it leaves nothing behind (EIP-6780). */
  async #sweep(from: Address, to: Address, born: ReadonlySet<Address>): Promise<void> {
    const amount = BigInt(await this.#get(accountKey(from, 'balance')));
    await this.#move(from, to, amount);
    if (!born.has(from)) return;
    for (const key of [...this.#changes.keys()].filter((key) => key.startsWith(from))) {
      await this.#set(key, key.endsWith('#code') ? '0x' : '0x0');
    }
  }

  async #authorize({ raw }: TransactionFrame): Promise<void> {
    for (const { authority, nonce, code } of await readAuthorizations(raw)) {
      if (BigInt(await this.#get(accountKey(authority, 'nonce'))) !== nonce) continue;
      const present = await this.#get(accountKey(authority, 'code'));
      if (present !== '0x' && !present.startsWith('0xef0100')) continue;
      await this.#set(accountKey(authority, 'code'), code);
      await this.#add(authority, 'nonce', 1n);
    }
  }

  async #move(from: Address, to: Address, amount: bigint): Promise<void> {
    await this.#add(from, 'balance', -amount);
    await this.#add(to, 'balance', amount);
  }

  async #add(account: Address, field: 'balance' | 'nonce', amount: bigint): Promise<void> {
    if (amount === 0n) return;
    const key = accountKey(account, field);
    const sum = BigInt(await this.#get(key)) + amount;
    if (sum < 0n) throw inconsistent('An account spends more than it has.', { key });
    await this.#set(key, toHexNumber(sum));
  }

  async #set(key: StateKey, after: Hex): Promise<void> {
    const before = this.#changes.get(key)?.before ?? (await this.#get(key));
    this.#changes.set(key, { before, after });
    this.#now.set(key, after);
  }

  async #get(key: StateKey): Promise<Hex> {
    const known = this.#now.get(key) ?? (await this.#read(key, 'before'));
    this.#now.set(key, known);
    return known;
  }
}
