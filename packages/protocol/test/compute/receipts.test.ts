import fc from 'fast-check';
import { concat, type Hex, keccak256, zeroHash } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  appendReceipt,
  ComputeError,
  createReceiptTree,
  createSessionSecret,
  EMPTY_HEAD,
  hashReceipt,
  isBelowRoot,
  parseReceipt,
  type Receipt,
  sessionKeyOf,
  signReceipt,
  verifyReceipt,
  verifyReceiptChain,
} from '../../src/compute/index.ts';
import { amountsAsText } from '../../src/index.ts';
import { receipt, word } from './samples.ts';

/** The definition, written apart: level by level, who has no neighbour moves up. */
function rootByLevels(receipts: readonly Hex[]): Hex {
  let level = receipts.map((hash) => keccak256(hash));
  while (level.length > 1) {
    const next: Hex[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const pair = level.slice(i, i + 2).sort();
      next.push(pair.length === 2 ? keccak256(concat(pair)) : (pair[0] as Hex));
    }
    level = next;
  }
  return level[0] ?? zeroHash;
}

function chainOf(facts: readonly Receipt[]): Receipt[] {
  let head = EMPTY_HEAD;
  const node = facts[0]?.node ?? '0x';
  return facts.map((fact, index) => {
    const next = appendReceipt(head, { ...fact, node, endedAt: BigInt(index) });
    head = next.head;
    return next.receipt;
  });
}

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof ComputeError ? error.code : String(error);
  }
  return undefined;
}

describe('the tree of receipts', () => {
  it('has the root of its definition after every receipt, and a proof for each', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (receipts) => {
        const tree = createReceiptTree();
        for (const [index, hash] of receipts.entries()) {
          tree.append(hash);
          expect(tree.root).toBe(rootByLevels(receipts.slice(0, index + 1)));
        }
        expect(tree.size).toBe(receipts.length);
        for (const [index, hash] of receipts.entries()) {
          const proof = tree.proof(index);
          expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(Math.max(1, receipts.length))));
          expect(isBelowRoot(tree.root, hash, proof)).toBe(true);
        }
      }),
    );
  });

  it('proves nothing that is not in it: neither another receipt nor an inner node', () => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 2, maxLength: 20 }), word, (receipts, other) => {
        fc.pre(!receipts.includes(other));
        const tree = createReceiptTree(receipts);
        const proof = tree.proof(0);
        expect(isBelowRoot(tree.root, other, proof)).toBe(false);
        // The parent of the first two, handed in as if it was a receipt.
        const pair = receipts
          .slice(0, 2)
          .map((hash) => keccak256(hash))
          .sort();
        expect(isBelowRoot(tree.root, concat(pair), proof.slice(1))).toBe(true);
        expect(isBelowRoot(tree.root, keccak256(concat(pair)), proof.slice(1))).toBe(false);
      }),
    );
  });

  it.each([-1, 2, 0.5, Number.NaN])('has no receipt %d', (index) => {
    expect(codeOf(() => createReceiptTree([zeroHash, zeroHash]).proof(index))).toBe('RECEIPT_NOT_FOUND');
  });
});

describe('the chain of receipts', () => {
  const chains = fc.array(receipt, { minLength: 2, maxLength: 8 }).map(chainOf);

  it('accepts what follows, in one go or in parts', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, cut) => {
        const at = cut % chain.length;
        const whole = verifyReceiptChain(chain);
        expect(whole.sequence).toBe(BigInt(chain.length));
        expect(verifyReceiptChain(chain.slice(at), verifyReceiptChain(chain.slice(0, at)))).toEqual(whole);
      }),
    );
  });

  it('notices a receipt that is missing, twice, out of order or changed', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (chain, choice) => {
        const at = choice % (chain.length - 1);
        const [one, two] = [chain[at] as Receipt, chain[at + 1] as Receipt];
        const without = chain.toSpliced(at, 1);
        const twice = chain.toSpliced(at, 0, one);
        const swapped = chain.toSpliced(at, 2, two, one);
        const changed = chain.toSpliced(at, 1, { ...one, fuel: one.fuel === 0n ? 1n : one.fuel - 1n });
        for (const bad of [without, twice, swapped, changed]) {
          expect(codeOf(() => verifyReceiptChain(bad))).toBe('RECEIPT_CHAIN_BROKEN');
        }
      }),
    );
  });
});

describe('a chain with a gap in its numbers', () => {
  it('is noticed, though each receipt names the hash of the one before', () => {
    fc.assert(
      fc.property(receipt, receipt, (one, two) => {
        const [first] = chainOf([one]) as [Receipt];
        const head = { sequence: 2n, previous: hashReceipt(first) };
        const second = appendReceipt(head, { ...two, node: first.node, endedAt: 9n }).receipt;
        expect(codeOf(() => verifyReceiptChain([first, second]))).toBe('RECEIPT_CHAIN_BROKEN');
        expect(codeOf(() => verifyReceiptChain([first, { ...second, sequence: 1n }]))).toBeUndefined();
      }),
    );
  });
});

describe('a receipt', () => {
  it('has another hash when anything differs', () => {
    fc.assert(
      fc.property(
        receipt,
        fc.constantFrom('fuel', 'microwattHours', 'microgramsMarket', 'endedAt'),
        (one, field) => {
          const other = { ...one, [field]: one[field] === 0n ? 1n : one[field] - 1n };
          expect(hashReceipt(other)).not.toBe(hashReceipt(one));
        },
      ),
    );
  });

  it('is read from JSON', () => {
    fc.assert(
      fc.property(receipt, (one) => {
        const text = JSON.stringify(one, amountsAsText);
        expect(parseReceipt(JSON.parse(text))).toEqual(one);
      }),
    );
  });

  it('is signed by a session key, for every field', () => {
    const session = sessionKeyOf(createSessionSecret());
    const stranger = sessionKeyOf(createSessionSecret());
    fc.assert(
      fc.property(receipt, (one) => {
        const signed = signReceipt(one, session);
        expect(codeOf(() => verifyReceipt(signed, session.publicKey))).toBeUndefined();
        expect(codeOf(() => verifyReceipt(signed, stranger.publicKey))).toBe('RECEIPT_NOT_SIGNED');
        const changed = { ...signed, receipt: { ...one, outcome: 'CHANGED' } };
        expect(codeOf(() => verifyReceipt(changed, session.publicKey))).toBe('RECEIPT_NOT_SIGNED');
      }),
      { numRuns: 20 },
    );
  });

  it.each([null, {}, { node: '0x', outcome: 'done' }])('%j is none', (value) => {
    expect(codeOf(() => parseReceipt(value))).toBe('RECEIPT_INVALID');
  });
});
