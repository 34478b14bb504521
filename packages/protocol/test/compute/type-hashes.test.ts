import { readFileSync } from 'node:fs';
import { encodeAbiParameters, hashStruct, keccak256, stringToHex, zeroAddress, zeroHash } from 'viem';
import { describe, expect, it } from 'vitest';
import {
  anchorTypedData,
  bidTypedData,
  certificateTypedData,
  orderTypedData,
  signingDomain,
  streamTypedData,
  voucherTypedData,
} from '../../src/compute/index.ts';

const sources = ['Channels', 'JobMarket', 'JobTerms', 'NodeRegistry', 'Receipts'].map((name) =>
  readFileSync(new URL(`../../../../contracts/src/compute/${name}.sol`, import.meta.url), 'utf8'),
);
const solidity = sources.join('\n');
/** The texts that the contracts hash, such as `Voucher(bytes32 channel,…)`. */
const constants = [...solidity.matchAll(/keccak256\(\s*"(\w+\([^"]*\))"\s*\)/g)].map(
  ([, text]) => text as string,
);

const domain = signingDomain('channels', { chainId: 1, contract: zeroAddress });
const voucher = { channel: zeroHash, total: 1n, receiptsRoot: zeroHash };
const ours = {
  Voucher: voucherTypedData(domain, voucher),
  Stream: streamTypedData(domain, { ...voucher, rate: 2n, since: 3n, until: 4n }),
  Order: orderTypedData(domain, {
    requester: zeroAddress,
    node: zeroAddress,
    token: zeroAddress,
    maxPrice: 1n,
    spec: zeroHash,
    expiry: 2n,
    runSeconds: 3n,
    reviewSeconds: 4n,
    bondClass: zeroHash,
    leastBond: 5n,
    nonce: 6n,
  }),
  Bid: bidTypedData(domain, {
    node: zeroAddress,
    order: zeroHash,
    price: 1n,
    lane: 2n,
    expiry: 3n,
    nonce: 4n,
  }),
  Anchor: anchorTypedData(domain, { node: zeroAddress, epoch: 1n, root: zeroHash, count: 2n }),
  Certificate: certificateTypedData(domain, { node: zeroAddress, key: zeroHash, issuedAt: 1n, expiry: 2n }),
} as const;

type Typed = {
  types: Record<string, readonly { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, unknown>;
};

describe('typed data against the constants of the contracts', () => {
  it('signs every type that a contract checks, and no other', () => {
    const names = constants.map((text) => text.slice(0, text.indexOf('(')));
    expect(names.sort()).toEqual(Object.keys(ours).sort());
  });

  it.each(Object.keys(ours))('%s is written as in Solidity', (name) => {
    const { types, primaryType, message } = ours[name as keyof typeof ours] as unknown as Typed;
    const fields = types[primaryType] ?? [];
    const text = `${primaryType}(${fields.map((field) => `${field.type} ${field.name}`).join(',')})`;
    expect(constants).toContain(text);

    const words = fields.map((field) => message[field.name]);
    const packed = encodeAbiParameters(
      [{ type: 'bytes32' }, ...fields],
      [keccak256(stringToHex(text)), ...words],
    );
    expect(hashStruct({ data: message, primaryType, types })).toBe(keccak256(packed));
  });

  it.each(['channels', 'jobs', 'nodes', 'receipts'] as const)(
    'the domain of %s is the contract’s',
    (purpose) => {
      const { name, version } = signingDomain(purpose, { chainId: 1, contract: zeroAddress });
      expect(solidity).toContain(`return ("${name}", "${version}");`);
    },
  );
});
