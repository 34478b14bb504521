import { type Address, zeroAddress } from 'viem';
import { type Draft, lower } from './draft.ts';
import { refuse } from './refusal.ts';
import { count, till } from './route.ts';

/** The number of the loan asset; collateral i is token i + 1. */
export const ASSET = 0;

/** Bounds no till. */
export const NO_LIMIT = 2n ** 256n - 1n;

/** The address of a token by its number. */
function tokenAddress({ config }: Pick<Draft, 'config'>, token: number): Address {
  const address = token === ASSET ? config.asset : config.collaterals[token - 1]?.token;
  if (!address) throw new RangeError(`There is no token ${token}.`);
  return address;
}

/** Refuses a till that the market does not have. */
export function requireTill({ config }: Draft, j: number): void {
  if (j >= config.stripes) refuse('UnknownTill', BigInt(config.stripes), BigInt(j));
}

/** What till `j` holds of a token. */
export function heldByTill(m: Pick<Draft, 'tills'>, token: number, j: number): bigint {
  return m.tills[token]?.[j] ?? 0n;
}

/** Takes from (negative) or adds to a wallet that is followed; refuses as the token would when it is short. */
export function moveWallet(m: Draft, token: number, account: Address, change: bigint): void {
  const wallets = m.wallets[token];
  const balance = wallets?.get(lower(account));
  if (balance === undefined) return;
  if (balance + change < 0n) refuse('TransferFromFailed');
  wallets?.set(lower(account), balance + change);
}

/** Changes what till `j` holds. */
export function moveTill(m: Draft, token: number, j: number, change: bigint): void {
  const balances = m.tills[token];
  if (balances) balances[j] = heldByTill(m, token, j) + change;
}

/**
 * Pulls `amount` from `payer` into the tills of the route, evenly, or into `stripe`.
 *
 * @param most what a till may hold
 * @returns the balance of the last till filled; more than `most` when a till was too full, and then nothing else moved
 */
export function pull(
  m: Draft,
  token: number,
  payer: Address,
  amount: bigint,
  route: bigint,
  stripe: number,
  most: bigint,
): bigint {
  const n = count(route);
  if (n < 2) return pullInto(m, token, payer, amount, stripe, most);
  const part = amount / BigInt(n);
  let fullest = 0n;
  for (let k = 0; k < n; k++) {
    const share = k === 0 ? amount - part * BigInt(n - 1) : part;
    if (share === 0n) continue;
    requireTill(m, till(route, k));
    fullest = pullInto(m, token, payer, share, till(route, k), most);
    if (fullest > most) return fullest;
  }
  return fullest;
}

function pullInto(m: Draft, token: number, payer: Address, amount: bigint, j: number, most: bigint): bigint {
  const held = heldByTill(m, token, j) + amount;
  if (held > most) return held;
  moveWallet(m, token, payer, -amount);
  moveTill(m, token, j, amount);
  return held;
}

/** Sends `amount` to `to`: from `stripe`'s till if it can, otherwise from the tills listed, then from a scan. */
export function send(
  m: Draft,
  token: number,
  to: Address,
  amount: bigint,
  route: bigint,
  stripe: number,
): void {
  if (amount === 0n) return;
  if (heldByTill(m, token, stripe) >= amount) {
    sendFrom(m, token, stripe, to, amount);
    return;
  }
  let left = amount;
  for (let k = 0; k < count(route) && left !== 0n; k++) left -= sendFrom(m, token, till(route, k), to, left);
  for (const j of scan(m, stripe)) {
    if (left === 0n) return;
    left -= sendFrom(m, token, j, to, left);
  }
  if (left !== 0n) refuse('TillsDry', tokenAddress(m, token), amount, amount - left);
}

/** All tills, beginning at `stripe`. */
export function scan({ config }: Draft, stripe: number): number[] {
  return Array.from({ length: config.stripes }, (_, k) => (stripe + k) & (config.stripes - 1));
}

/** As much of `amount` as till `j` holds. */
export function sendFrom(m: Draft, token: number, j: number, to: Address, amount: bigint): bigint {
  requireTill(m, j);
  const held = heldByTill(m, token, j);
  const sent = held < amount ? held : amount;
  if (sent === 0n) return 0n;
  if (lower(to) === zeroAddress) refuse('TransferFromFailed');
  moveTill(m, token, j, -sent);
  moveWallet(m, token, to, sent);
  return sent;
}
