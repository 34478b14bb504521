import fc from 'fast-check';
import { type Call, deployData, programCall, type TestChain, tokenCall } from './chain/test-chain.ts';

/**
 * A block of transfers, token transfers, creations, and programs that call, borrow, create, revert and look around.
 *
 * @param programs which bytes a program may have
 */
export function randomBlock(
  chain: TestChain,
  longest = 8,
  programs: (byte: number) => boolean = () => true,
): fc.Arbitrary<Call[]> {
  const { accounts, tangles, token } = chain;
  const account = fc.constantFrom(...accounts);
  const transfer = fc
    .tuple(account, fc.constantFrom(...accounts, ...tangles.slice(0, 2)), fc.bigInt({ min: 0n, max: 9n }))
    .map(([from, to, value]): Call => ({ from, to, value, gas: 60_000n }));
  const tokens = fc
    .tuple(account, account, fc.bigInt({ min: 0n, max: 2n }))
    .map(([from, to, amount]) => tokenCall(from, token, to, amount * 10n ** 17n));
  const program = fc
    .tuple(
      account,
      fc.constantFrom(...tangles),
      fc.uint8Array({ minLength: 1, maxLength: 9 }),
      fc.integer({ min: 0, max: 2 }),
    )
    .map(([from, to, bytes, value]) => programCall(from, to, bytes.filter(programs), BigInt(value)));
  const creation = fc
    .tuple(account, fc.constantFrom('Child', 'Unkeepable', 'failing'))
    .map(([from, name]): Call => {
      const data =
        name === 'Unkeepable' ? deployData(name, []) : deployData('Child', [5n, name === 'failing']);
      return { from, data, gas: 500_000n };
    });
  const call = fc.oneof(
    { weight: 2, arbitrary: transfer },
    { weight: 2, arbitrary: tokens },
    { weight: 6, arbitrary: program },
    { weight: 1, arbitrary: creation },
  );
  return fc.array(call, { minLength: 1, maxLength: longest });
}
