import { createHash } from 'node:crypto';
import { isCid } from '@millrace/protocol/compute';
import fc from 'fast-check';
import { CID } from 'multiformats/cid';
import { create } from 'multiformats/hashes/digest';
import { describe, expect, it } from 'vitest';
import { cidOf, codecOf, DAG_PB, parseCid, RAW, textOf, verifyBlock } from './cid.ts';

const anyDigest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const anyCodec = fc.oneof(fc.constantFrom(RAW, DAG_PB, 0x71, 0x129), fc.nat(2 ** 22));

describe('a CID', () => {
  it('has one text, which the job spec takes, and which tells its codec', () => {
    fc.assert(
      fc.property(anyDigest, anyCodec, (digest, codec) => {
        const cid = CID.createV1(codec, create(0x12, digest));
        if (!isCid(cid.toString())) {
          expect(() => textOf(cid)).toThrow(expect.objectContaining({ code: 'CONTENT_INVALID' }));
          return;
        }
        const text = textOf(cid);
        expect(isCid(text)).toBe(true);
        expect(parseCid(text).equals(cid)).toBe(true);
        expect(codecOf(text)).toBe(codec === RAW || codec === DAG_PB ? codec : undefined);
      }),
    );
  });

  it('of version 0 is the same content under its older name', () => {
    const cid = CID.parse('QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG');
    expect(textOf(cid)).toBe('bafybeie5nqv6kd3qnfjupgvz34woh3oksc3iau6abmyajn7qvtf6d2ho34');
  });

  it('with another hash is not taken', () => {
    for (const [code, size] of [
      [0x13, 64],
      [0, 5],
      [0x12, 20],
      [0x1b, 32],
    ] as const) {
      const cid = CID.createV1(RAW, create(code, new Uint8Array(size)));
      expect(() => textOf(cid)).toThrow(expect.objectContaining({ code: 'CONTENT_INVALID' }));
    }
  });

  it('is that of its bytes and of no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.uint8Array(), async (bytes, others) => {
        const cid = await cidOf(RAW, bytes);
        const digest = createHash('sha256').update(bytes).digest('hex');
        expect(Buffer.from(parseCid(cid).multihash.digest).toString('hex')).toBe(digest);
        await verifyBlock(cid, bytes);
        if (Buffer.compare(bytes, others) === 0) return;
        await expect(verifyBlock(cid, others)).rejects.toMatchObject({ code: 'CONTENT_CORRUPT' });
      }),
    );
  });
});
