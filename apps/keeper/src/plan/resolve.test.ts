import { describe, expect, it } from 'vitest';
import type { Intent } from '../journal/records.ts';
import { resolveIntent, type Sighting } from './resolve.ts';

const INTENT: Intent = {
  id: 'a',
  subject: 's',
  kind: 'checkpoint',
  nonce: 5,
  block: '1',
  at: 0,
  attempts: [],
};
const SEEN: Sighting = { receipt: undefined, head: 100n, nonce: 5, pooled: true, missing: 0, age: 0 };
const RULE = { confirmations: 3n, replaceAfterSeconds: 60 };
const resolve = (seen: Partial<Sighting>) => resolveIntent(INTENT, { ...SEEN, ...seen }, RULE);

describe('resolveIntent', () => {
  it('settles what is buried deep enough, whether it succeeded or not', () => {
    expect(resolve({ receipt: { block: 98n, ok: true } })).toBe('settle');
    expect(resolve({ receipt: { block: 98n, ok: false } })).toBe('settle');
    expect(resolve({ receipt: { block: 99n, ok: true } })).toBe('wait');
  });

  it('waits for what the node has', () => {
    expect(resolve({})).toBe('wait');
  });

  it('sends what the node does not have again, the same bytes', () => {
    expect(resolve({ pooled: false })).toBe('rebroadcast');
    expect(resolve({ pooled: false, age: 999 })).toBe('rebroadcast');
    expect(resolve({ pooled: false, nonce: 4 })).toBe('rebroadcast');
  });

  it('offers more only for the one that all others wait for', () => {
    expect(resolve({ age: 60 })).toBe('replace');
    expect(resolve({ age: 60, nonce: 4 })).toBe('wait');
  });

  it('believes that a stranger used its nonce only after seeing it at several blocks', () => {
    expect(resolve({ nonce: 6, pooled: false, missing: 2 })).toBe('wait');
    expect(resolve({ nonce: 6, pooled: false, missing: 3 })).toBe('lost');
  });
});
