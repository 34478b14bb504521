import { createCipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { SeededRandom } from './seeded-random.ts';

it('is the key stream of ChaCha20, however it is asked for', () => {
  const seed = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
  // OpenSSL: the 32-bit block counter, then the nonce.
  const expected = createCipheriv('chacha20', seed, new Uint8Array(16)).update(new Uint8Array(20_000));
  const random = new SeededRandom(seed);
  const parts = [1, 63, 64, 5_000, 4_096, 10_776].map((length) => {
    const part = new Uint8Array(length);
    random.fill(part);
    return part;
  });
  expect(Buffer.concat(parts).equals(expected)).toBe(true);
  expect(random.position).toBe(20_000);
});
