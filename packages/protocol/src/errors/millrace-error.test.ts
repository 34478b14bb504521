import { describe, expect, it } from 'vitest';
import { MillraceError } from './millrace-error.ts';

const base = { code: 'TEST_FAILED', fault: 'user' } as const;

describe('MillraceError', () => {
  it('says what happened and what to do about it', () => {
    const error = new MillraceError('It broke.', { ...base, hint: 'Mend it.' });
    expect(error.message).toBe('It broke. Mend it.');
    expect(error.shortMessage).toBe('It broke.');
    expect(error.retryable).toBe(false);
    expect(error).toBeInstanceOf(Error);
  });

  it('walks the chain of causes', () => {
    const root = new TypeError('root');
    const middle = new Error('middle', { cause: root });
    const error = new MillraceError('top', { ...base, cause: middle });
    expect(error.walk()).toBe(root);
    expect(error.walk((each) => each instanceof TypeError)).toBe(root);
    expect(error.walk((each) => each instanceof MillraceError)).toBe(error);
    expect(error.walk((each) => each instanceof RangeError)).toBeUndefined();
  });

  it('ends on a chain of causes that bites its own tail', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(new MillraceError('top', { ...base, cause: loop }).walk()).toBe(loop);
  });

  it('turns into plain data, amounts as decimal strings', () => {
    const error = new MillraceError('top', {
      ...base,
      retryable: true,
      details: { amount: 10n ** 30n, nested: { list: [1n] } },
      cause: new MillraceError('inner', { code: 'INNER', fault: 'network', cause: 'a string' }),
    });
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'MillraceError',
      code: 'TEST_FAILED',
      fault: 'user',
      retryable: true,
      shortMessage: 'top',
      details: { amount: '1000000000000000000000000000000', nested: { list: ['1'] } },
      cause: {
        name: 'MillraceError',
        code: 'INNER',
        fault: 'network',
        retryable: false,
        shortMessage: 'inner',
        cause: { name: 'string', message: 'a string' },
      },
    });
  });

  it('tells of causes that are plain objects, as wallets throw them', () => {
    const cause = Object.assign(Object.create(null), { code: 4001, message: 'Declined' });
    expect(new MillraceError('top', { ...base, cause }).toJSON().cause).toEqual({
      name: 'object',
      message: 'Declined',
    });
  });
});
