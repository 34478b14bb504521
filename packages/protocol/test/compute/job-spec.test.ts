import fc from 'fast-check';
import { sha256, stringToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  ComputeError,
  cidDigest,
  decodeJobSpec,
  encodeJobSpec,
  formatJobSpec,
  fromTextWord,
  hashJobSpec,
  isCid,
  parseJobSpec,
  toTextWord,
} from '../../src/compute/index.ts';
import { cid, cidOf, digest, jobSpec } from './samples.ts';

/** What others publish for the text `hello world`, and for an empty folder. */
const RAW = 'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e';
const FOLDER = 'bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354';
const least = { version: 1, module: RAW, fuel: '1000', needs: { priceCap: '5' } };

function refusal(run: () => unknown): ComputeError {
  try {
    run();
  } catch (error) {
    if (error instanceof ComputeError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

describe('a job', () => {
  it('fills in what is left out', () => {
    expect(parseJobSpec(least)).toMatchObject({
      runtime: 'wasm',
      profile: 'integer',
      inputs: [],
      fuel: 1_000n,
      memoryPages: 1_024,
      needs: { cores: 0, regions: [], priceCap: 5n, deadline: 0n, tier: 'deterministic' },
    });
  });

  it('tells every problem at once, by the path of the field', () => {
    const bad = { ...least, module: 'Qm', fuel: -1, colour: 'red', needs: { tier: 'best', cores: 1.5 } };
    const error = refusal(() => parseJobSpec(bad));
    expect(error).toMatchObject({ code: 'JOB_SPEC_INVALID', fault: 'user' });
    const text = String(error.details?.problems);
    for (const field of ['colour', 'module', 'fuel', 'needs.tier', 'needs.cores', 'needs.priceCap']) {
      expect(text).toContain(field);
    }
  });

  it.each([undefined, null, 7, 'job', [], {}])('%j is none', (value) => {
    expect(refusal(() => parseJobSpec(value)).code).toBe('JOB_SPEC_INVALID');
  });

  it('comes back from bytes and from JSON as it was', () => {
    fc.assert(
      fc.property(jobSpec, (spec) => {
        expect(decodeJobSpec(encodeJobSpec(spec))).toEqual(spec);
        expect(parseJobSpec(JSON.parse(JSON.stringify(formatJobSpec(spec))))).toEqual(spec);
      }),
    );
  });

  it('has the same hash however its lists of names are written, and another one when anything differs', () => {
    const spec = parseJobSpec({ ...least, needs: { priceCap: 5, regions: ['FI', 'SE'] } });
    const shuffled = parseJobSpec({ ...least, needs: { priceCap: 5n, regions: ['SE', 'FI', 'SE'] } });
    expect(hashJobSpec(shuffled)).toBe(hashJobSpec(spec));
    const raw = { ...spec, needs: { ...spec.needs, regions: ['SE', 'FI'] } };
    expect(hashJobSpec(raw)).toBe(hashJobSpec(spec));

    fc.assert(
      fc.property(jobSpec, jobSpec, (a, b) => {
        const same = JSON.stringify(formatJobSpec(a)) === JSON.stringify(formatJobSpec(b));
        expect(hashJobSpec(a) === hashJobSpec(b)).toBe(same);
      }),
    );
  });

  it('keeps its hash for ever', () => {
    expect(hashJobSpec(parseJobSpec(least))).toMatchInlineSnapshot(
      `"0x88f557ddb38feca4aed8a596ace592fcec6cea31f9da924e05181b6d7ef31921"`,
    );
  });

  it('has one encoding: bytes that only mean the same are refused', () => {
    const bytes = encodeJobSpec(parseJobSpec(least));
    expect(refusal(() => decodeJobSpec(`${bytes}${'00'.repeat(32)}`)).code).toBe('JOB_SPEC_NOT_CANONICAL');
    expect(refusal(() => decodeJobSpec(bytes.slice(0, 200) as `0x${string}`)).code).toBe('JOB_SPEC_INVALID');
  });
});

describe('content identifiers', () => {
  it.each([RAW, FOLDER])('%s is one', (text) => expect(isCid(text)).toBe(true));

  it('gives the digest inside', () => {
    expect(cidDigest(RAW)).toBe(sha256(stringToHex('hello world')));
    fc.assert(
      fc.property(digest, (bytes) => {
        const text = cidOf(bytes);
        expect(isCid(text)).toBe(true);
        expect(cidDigest(text)).toBe(
          `0x${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
        );
      }),
    );
  });

  it('has one last letter: its bits beyond the digest are zero', () => {
    const valid = [...'abcdefghijklmnopqrstuvwxyz234567'].filter((letter) =>
      isCid(RAW.slice(0, -1) + letter),
    );
    // 36 bytes are 57 letters and three bits.
    expect(valid).toEqual([...'aeimquy4']);
  });

  it('has one spelling: no change of one letter of the digest leaves it the same', () => {
    fc.assert(
      fc.property(
        cid,
        fc.nat(),
        fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz234567A1'),
        (text, at, letter) => {
          // Before that: version, codec and hash, of which other values make other identifiers.
          const index = 7 + (at % (text.length - 7));
          const changed = text.slice(0, index) + letter + text.slice(index + 1);
          if (changed !== text && isCid(changed)) expect(cidDigest(changed)).not.toBe(cidDigest(text));
        },
      ),
    );
  });

  it.each([
    '',
    'b',
    RAW.toUpperCase(),
    `${RAW}a`,
    RAW.slice(0, -1),
    'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
  ])('“%s” is none', (text) => {
    expect(isCid(text)).toBe(false);
    expect(refusal(() => cidDigest(text)).code).toBe('CID_INVALID');
  });
});

describe('short texts', () => {
  it('come back from their word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,32}$/), (text) => {
        expect(fromTextWord(toTextWord(text))).toBe(text);
      }),
    );
    expect(fromTextWord(toTextWord('Åland'))).toBe('Åland');
  });

  it('have at most 32 bytes', () => {
    expect(refusal(() => toTextWord('ä'.repeat(17))).code).toBe('TEXT_TOO_LONG');
  });
});
