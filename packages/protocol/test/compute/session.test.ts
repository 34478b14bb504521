import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { stringToBytes, zeroHash } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { COMPUTE_WORDS } from '../../src/compute/compute-words.ts';
import {
  type Certificate,
  certificateDigest,
  certificateTypedData,
  createSessionSecret,
  isCertificateRevoked,
  isSignedByKey,
  isSignedBySession,
  requireNotRevoked,
  sessionKeyOf,
  signingDomain,
  verifyCertificate,
} from '../../src/compute/index.ts';
import { ED25519_IN_JAVASCRIPT, fastestEd25519 } from '../../src/compute/session/ed25519.ts';

const node = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const domain = signingDomain('nodes', { chainId: 1, contract: node.address });
const session = sessionKeyOf(createSessionSecret());
const good: Certificate = { node: node.address, key: session.publicKey, issuedAt: 1_000n, expiry: 2_000n };
const certify = (certificate: Certificate) => node.signTypedData(certificateTypedData(domain, certificate));

async function codeOf(certificate: Certificate, time = 1_500n, signature?: `0x${string}`) {
  const signed = { certificate, signature: signature ?? (await certify(certificate)) };
  return await verifyCertificate({ ...signed, domain, time }).then(
    () => 'fine',
    (error: { code: string }) => error.code,
  );
}

describe('a session certificate', () => {
  it('is good from its first second to its last', async () => {
    expect(await codeOf(good, 1_000n)).toBe('fine');
    expect(await codeOf(good, 2_000n)).toBe('fine');
    expect(await codeOf(good, 999n)).toBe('CERTIFICATE_FROM_FUTURE');
    expect(await codeOf(good, 2_001n)).toBe('CERTIFICATE_EXPIRED');
  });

  it('is for 90 days at most, and for a key', async () => {
    const ninety = 1_000n + 90n * 86_400n;
    expect(await codeOf({ ...good, expiry: ninety })).toBe('fine');
    expect(await codeOf({ ...good, expiry: ninety + 1n })).toBe('CERTIFICATE_TOO_LONG');
    expect(await codeOf({ ...good, key: zeroHash })).toBe('SESSION_KEY_INVALID');
  });

  it('is signed by the node, for each of its fields, for this chain', async () => {
    const signature = await certify(good);
    expect(await codeOf({ ...good, expiry: 1_999n }, 1_500n, signature)).toBe('CERTIFICATE_NOT_SIGNED');
    expect(await codeOf(good, 1_500n, `0x${'00'.repeat(65)}`)).toBe('CERTIFICATE_NOT_SIGNED');
    expect(await codeOf(good, 1_500n, '0x')).toBe('CERTIFICATE_NOT_SIGNED');
    const elsewhere = verifyCertificate({
      certificate: good,
      signature,
      domain: { ...domain, chainId: 2 },
      time: 1_500n,
    });
    await expect(elsewhere).rejects.toMatchObject({ code: 'CERTIFICATE_NOT_SIGNED', fault: 'provider' });
  });
});

describe('what a chain says of session keys', () => {
  const [other, nobody] = [sessionKeyOf(createSessionSecret()).publicKey, zeroHash];
  it.each([
    ['nothing', { key: nobody, issuedAt: 0n }, false],
    ['that it was revoked before', { key: nobody, issuedAt: 999n }, false],
    ['that it was revoked in that second', { key: nobody, issuedAt: 1_000n }, true],
    ['that it was revoked after', { key: nobody, issuedAt: 1_001n }, true],
    ['that another was certified before', { key: other, issuedAt: 999n }, false],
    ['that another was certified after', { key: other, issuedAt: 1_001n }, true],
    ['that it was certified again', { key: good.key, issuedAt: 1_001n }, false],
  ])('%s', (_what, last, isVoid) => {
    expect(isCertificateRevoked(good, last)).toBe(isVoid);
    const check = () => requireNotRevoked(good, last);
    if (isVoid) expect(check).toThrow(expect.objectContaining({ code: 'CERTIFICATE_REVOKED' }));
    else expect(check).not.toThrow();
  });
});

describe('signatures that a contract would refuse', () => {
  it('do not pass here: a recovery number of 0 or 1, or 64 bytes', async () => {
    const digest = certificateDigest(domain, good);
    const signature = await certify(good);
    expect(await isSignedByKey(node.address, digest, signature)).toBe(true);
    const v = Number.parseInt(signature.slice(-2), 16) - 27;
    const other = `${signature.slice(0, -2)}0${v}` as const;
    expect(await isSignedByKey(node.address, digest, other as `0x${string}`)).toBe(false);
    expect(await isSignedByKey(node.address, digest, signature.slice(0, -2) as `0x${string}`)).toBe(false);
  });
});

describe('a session key', () => {
  const message = stringToBytes('an ask');

  it('signs for one purpose', () => {
    const signature = session.sign('ask', message);
    expect(isSignedBySession(session.publicKey, 'ask', message, signature)).toBe(true);
    expect(isSignedBySession(session.publicKey, 'receipt', message, signature)).toBe(false);
    expect(isSignedBySession(session.publicKey, 'ask', stringToBytes('another'), signature)).toBe(false);
  });

  it('never throws for nonsense', () => {
    expect(isSignedBySession('0x', 'ask', message, '0x')).toBe(false);
    expect(isSignedBySession(`0x${'ff'.repeat(32)}`, 'ask', message, `0x${'ff'.repeat(64)}`)).toBe(false);
  });

  it('follows RFC 8032: the first test key', () => {
    const secret = '0x9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    expect(sessionKeyOf(secret).publicKey).toBe(
      '0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  it('is the same in Node.js as in a browser', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const property = fc.property(bytes, fc.uint8Array(), fc.nat(63), (secret, text, at) => {
      const [here, there] = [fastestEd25519.signer(secret), ED25519_IN_JAVASCRIPT.signer(secret)];
      const [ours, theirs] = [here.sign(text), there.sign(text)];
      expect([Buffer.from(here.publicKey), Buffer.from(ours)]).toEqual([
        Buffer.from(there.publicKey),
        Buffer.from(theirs),
      ]);
      for (const { isSigned } of [fastestEd25519, ED25519_IN_JAVASCRIPT]) {
        expect(isSigned(here.publicKey, text, ours)).toBe(true);
        const damaged = Uint8Array.from(ours, (byte, index) => (index === at ? byte ^ 1 : byte));
        expect(isSigned(here.publicKey, text, damaged)).toBe(false);
      }
    });
    fc.assert(property, { numRuns: 50 });
    expect(fastestEd25519).not.toBe(ED25519_IN_JAVASCRIPT);
  });

  it('has 32 bytes', () => {
    expect(() => sessionKeyOf('0x12')).toThrow(expect.objectContaining({ code: 'SESSION_KEY_INVALID' }));
  });
});

describe('the words of compute', () => {
  const folders = ['../../src/compute', '../../../sdk/src/compute'].map(
    (path) => new URL(path, import.meta.url),
  );
  const code = folders
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('compute-words.ts'))
        .map((name) => readFileSync(`${folder.pathname}/${name}`, 'utf8')),
    )
    .join('\n');

  it.each(Object.entries(COMPUTE_WORDS))('%s says what to do, and is thrown', (name, { hint }) => {
    expect(hint).toMatch(/^[A-Z].*\.$/);
    expect(code).toMatch(new RegExp(`new ComputeError\\(\\s*'${name}'`));
  });
});
