import { describe, expect, it } from 'vitest';
import type { Intent, Outcome } from '../journal/records.ts';
import { applyRecord, emptyState, type JournalState } from '../journal/state.ts';
import { mayAct, nextId, nextNonce, reservedOf } from './permission.ts';

const TOKEN = '0x00000000000000000000000000000000000000Cc';

function withIntent(id: string, subject: string): JournalState {
  const state = emptyState();
  const intent: Intent = { id, subject, kind: 'liquidate', nonce: 7, block: '10', at: 0, attempts: [] };
  applyRecord(state, { t: 'intent', intent: { ...intent, spend: { token: TOKEN, amount: '40' } } });
  return state;
}

function settled(outcome: Outcome, tries: number): JournalState {
  const state = withIntent('s@c#1', 's');
  applyRecord(state, {
    t: 'settled',
    settlement: { id: 's@c#1', subject: 's', outcome, block: '12', at: 1_000, tries },
  });
  return state;
}

describe('mayAct', () => {
  it('allows one open intent for each subject', () => {
    const state = withIntent('s@c#1', 's');
    expect(mayAct(state, 's', 99n, 0)).toBe('open');
    expect(mayAct(state, 't', 99n, 0)).toBe('yes');
  });

  it('does not decide again from what was seen before the last one ended', () => {
    expect(mayAct(settled('done', 0), 's', 11n, 1_000)).toBe('seen-before');
    expect(mayAct(settled('done', 0), 's', 12n, 1_000)).toBe('yes');
  });

  it('tries failures again ever more slowly, up to ten minutes', () => {
    expect(mayAct(settled('reverted', 1), 's', 12n, 5_999)).toBe('cooling-down');
    expect(mayAct(settled('reverted', 1), 's', 12n, 6_000)).toBe('yes');
    expect(mayAct(settled('reverted', 3), 's', 12n, 20_999)).toBe('cooling-down');
    expect(mayAct(settled('reverted', 3), 's', 12n, 21_000)).toBe('yes');
    expect(mayAct(settled('reverted', 60), 's', 12n, 601_000)).toBe('yes');
  });
});

describe('nextId', () => {
  it('counts tries of one cause', () => {
    expect(nextId(emptyState(), 's', 'c')).toBe('s@c#1');
    expect(nextId(settled('reverted', 1), 's', 'c')).toBe('s@c#2');
    expect(nextId(settled('done', 0), 's', 'other')).toBe('s@other#1');
  });
});

describe('nextNonce', () => {
  it('follows what was written down and what the chain knows', () => {
    expect(nextNonce(emptyState(), 3, 0)).toBe(3);
    expect(nextNonce(withIntent('a', 'a'), 3, 10 ** 9)).toBe(8);
    expect(nextNonce(withIntent('a', 'a'), 9, 0)).toBe(9);
  });

  it('does not believe a node that lags, but believes the chain in the end', () => {
    expect(nextNonce(settled('done', 0), 3, 61_000)).toBe(8);
    expect(nextNonce(settled('done', 0), 3, 61_001)).toBe(3);
  });
});

describe('reservedOf', () => {
  it('is what open intents may still take of a token', () => {
    expect(reservedOf(withIntent('a', 'a'), TOKEN.toLowerCase())).toBe(40n);
    expect(reservedOf(withIntent('a', 'a'), '0x00000000000000000000000000000000000000dd')).toBe(0n);
    expect(reservedOf(settled('done', 0), TOKEN)).toBe(0n);
  });
});
