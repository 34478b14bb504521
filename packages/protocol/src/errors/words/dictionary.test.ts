import { encodeErrorResult, type Hex, zeroHash } from 'viem';
import { describe, expect, it } from 'vitest';
import { knownErrors, WRAPPED } from '../known-errors.ts';
import { RevertError } from '../revert-error.ts';
import { dictionary } from './dictionary.ts';
import { Speaker } from './speaker.ts';

const known = [...knownErrors().values()].filter(({ abi }) => abi !== WRAPPED);

describe('the words of every error of every generated ABI', () => {
  it.each(known)('$signature', ({ abi, signature }) => {
    const words = dictionary[signature];
    expect(words, `${signature} has no words: add them to errors/words`).toBeDefined();
    expect(words?.title).toMatch(/^[A-Z].*[^.]$/);
    expect(words?.hint).toMatch(/^[A-Z].*[.]$/);

    const data = encodeErrorResult({ abi: [abi], args: abi.inputs.map(({ type }) => sample(type)) } as never);
    const error = new RevertError(data);
    expect(error.errorName).toBe(abi.name);
    expect(error.code).toMatch(/^[A-Z0-9]+(_[A-Z0-9]+)*$/);
    expect(error.shortMessage).toMatch(/^\S.*[.!?]$/);
    expect(error.message).not.toMatch(/undefined|NaN|\[object/);
    expect(() => words?.sentence(new Speaker(strict(error.args), {}))).not.toThrow();
    expect(Object.keys(error.args)).toHaveLength(abi.inputs.length);
  });

  it('has no words for errors that nobody throws any more', () => {
    const signatures = new Set(known.map(({ signature }) => signature));
    expect(Object.keys(dictionary).filter((signature) => !signatures.has(signature))).toEqual([]);
  });
});

/** Refuses to be asked for an argument that the error does not have. */
function strict(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return new Proxy(args, {
    get(target, name) {
      if (!(name in target)) throw new Error(`The error has no argument ${String(name)}.`);
      return Reflect.get(target, name);
    },
  });
}

function sample(type: string): unknown {
  if (type === 'address') return '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
  if (type === 'string') return 'no';
  if (type === 'bytes32') return `0x${'63617000'.padEnd(64, '0')}` satisfies Hex;
  if (type === 'bytes') return zeroHash;
  return type === 'uint8' ? 3 : 3n;
}
