import { encodeErrorResult, type Hex, parseAbi, toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { iMarketAbi } from '../generated/i-market.ts';
import { InvalidAmountError } from './invalid-amount-error.ts';
import { RevertError } from './revert-error.ts';
import { toMillraceError } from './to-millrace-error.ts';

const usdc = { address: '0x5FbDB2315678afecb367f032d93F642f64180aa3', symbol: 'USDC', decimals: 6 };
const weth = { address: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512', symbol: 'WETH', decimals: 18 };
const context = { asset: usdc, collaterals: [weth] };
const dry = encodeErrorResult({
  abi: iMarketAbi,
  errorName: 'TillsDry',
  args: [usdc.address as Hex, 900_500_000n, 400_000_001n],
});
const DRY = 'This needs 900.5 USDC, and the market has 400 USDC at hand; the rest is lent out.';

/** What nodes and wallets are known to throw, outermost first. */
const shapes: [string, unknown][] = [
  ['a node', { code: 3, message: 'execution reverted', data: dry }],
  [
    'a client around a node',
    new Error('failed', { cause: { code: 3, message: 'execution reverted', data: dry } }),
  ],
  ['a wallet', { code: -32603, message: 'Internal JSON-RPC error.', data: { code: 3, data: dry } }],
  ['a wallet of another kind', { code: -32000, data: { originalError: { code: 3, data: dry } } }],
  ['a library of another kind', { reason: null, error: { error: { data: dry } } }],
  ['a decoded error that kept its bytes', { name: 'ContractFunctionRevertedError', raw: dry }],
];

describe('reverts', () => {
  it.each(shapes)('are found in what %s throws', (_who, thrown) => {
    const error = toMillraceError(thrown, context);
    expect(error).toBeInstanceOf(RevertError);
    expect(error).toMatchObject({ code: 'TILLS_DRY', fault: 'network', retryable: true, shortMessage: DRY });
    expect(error.cause).toBe(thrown);
    expect(JSON.parse(JSON.stringify(error)).details).toMatchObject({
      title: 'Not enough cash in the market',
      error: 'TillsDry',
      args: { needed: '900500000', available: '400000001' },
    });
  });

  it('say what they can without knowing the market', () => {
    expect(new RevertError(dry).shortMessage).toBe(
      'This needs 900,500,000 base units, and the market has 400,000,001 base units at hand; the rest is lent out.',
    );
  });

  it('are unwrapped, however deep', () => {
    const abi = parseAbi([
      'error WrappedError(address target, bytes4 selector, bytes reason, bytes details)',
    ]);
    const wrap = (reason: Hex) =>
      encodeErrorResult({ abi, args: [usdc.address as Hex, '0x12345678', reason, '0x'] });
    const error = toMillraceError({ code: 3, data: wrap(wrap(dry)) }, context);
    expect(error.shortMessage).toBe(DRY);
    expect(toMillraceError({ code: 3, data: wrap('0x') })).toMatchObject({ code: 'REVERTED' });
  });

  it('tell needed amounts rounded up and available ones rounded down', () => {
    const abi = iMarketAbi;
    const data = encodeErrorResult({ abi, errorName: 'Unhealthy', args: [1_234_567_891n, 1_234_567_899n] });
    expect(new RevertError(data, context).shortMessage).toBe(
      'The debt would be 1,234.57 USDC, and the collateral carries 1,234.56 USDC.',
    );
  });

  it('name the collateral, the action, the scope and the time', () => {
    const say = (data: Hex) => new RevertError(data, context).shortMessage;
    const a: Hex = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
    const abi = iMarketAbi;
    expect(
      say(encodeErrorResult({ abi, errorName: 'CapExceeded', args: [0n, 10n ** 18n, 2n * 10n ** 18n] })),
    ).toBe('One till accepts 1 WETH, and would hold 2 WETH.');
    expect(say(encodeErrorResult({ abi, errorName: 'GateRefused', args: [a, 3n] }))).toContain('liquidate');
    expect(say(encodeErrorResult({ abi, errorName: 'NotAuthorised', args: [a, a, 9n] }))).toContain(
      'may not withdraw and pay for',
    );
    expect(say(encodeErrorResult({ abi, errorName: 'Paused', args: [1_584_057_600n] }))).toContain(
      'until 2020-03-13 00:00:00 UTC',
    );
    expect(say(encodeErrorResult({ abi, errorName: 'PauseTooLong', args: [259_200n, 4_000n] }))).toBe(
      'A pause lasts at most 3 days, not 4,000 seconds.',
    );
    expect(
      say(encodeErrorResult({ abi, errorName: 'BadConfig', args: [toHex('stripes', { size: 32 }), 3n] })),
    ).toBe('The parameter stripes cannot be 3.');
  });

  it('carry a plain reason, from data or from the message alone', () => {
    const abi = parseAbi(['error Error(string message)']);
    const data = encodeErrorResult({ abi, args: ['ERC20: not today'] });
    const said = 'The contract refused: ERC20: not today.';
    expect(toMillraceError({ code: 3, data }).shortMessage).toBe(said);
    expect(toMillraceError({ message: 'execution reverted: ERC20: not today' }).shortMessage).toBe(said);
  });

  it('explain a panic, and admit what they do not know', () => {
    const abi = parseAbi(['error Panic(uint256 code)']);
    const panic = toMillraceError({ code: 3, data: encodeErrorResult({ abi, args: [17n] }) });
    expect(panic).toMatchObject({ code: 'PANIC', fault: 'protocol' });
    expect(panic.shortMessage).toContain('overflowed or went below zero');
    expect(toMillraceError({ code: 3, data: '0xdeadbeef' }).shortMessage).toBe(
      'A contract refused with the unknown error 0xdeadbeef.',
    );
    expect(toMillraceError({ code: 3, message: 'execution reverted', data: '0x' })).toMatchObject({
      code: 'REVERTED',
      shortMessage: 'The contract refused and did not say why.',
    });
    // Cut off on its way.
    expect(toMillraceError({ code: 3, data: dry.slice(0, 74) }).code).toBe('REVERTED');
  });
});

describe('everything else', () => {
  it.each([
    ['WALLET_REJECTED', { code: 4001, message: 'User rejected the request.' }],
    ['WALLET_REJECTED', { code: 'ACTION_REJECTED', message: 'user rejected transaction' }],
    ['WALLET_REJECTED', new Error('outer', { cause: { name: 'UserRejectedRequestError', code: 4001 } })],
    ['WALLET_UNAUTHORIZED', { code: 4100 }],
    ['WALLET_DISCONNECTED', { code: 4900 }],
    ['NO_ACCOUNT', { name: 'AccountNotFoundError', message: 'Could not find an Account' }],
    ['INSUFFICIENT_FUNDS', { message: 'insufficient funds for gas * price + value' }],
    ['NONCE_TOO_LOW', { message: 'nonce too low: next nonce 5, tx nonce 4' }],
    ['NONCE_TOO_HIGH', { message: 'nonce too high' }],
    ['UNDERPRICED', { message: 'replacement transaction underpriced' }],
    ['UNDERPRICED', { message: 'max fee per gas less than block base fee' }],
    ['GAS_TOO_LOW', { message: 'intrinsic gas too low' }],
    [
      'NOT_MINED_YET',
      { name: 'WaitForTransactionReceiptTimeoutError', message: 'Timed out while waiting for' },
    ],
    ['BLOCK_UNKNOWN', { name: 'BlockNotFoundError', message: 'Block at number "9" could not be found.' }],
    ['RPC_BUSY', { code: -32005, message: 'limit' }],
    ['RPC_BUSY', { status: 429 }],
    ['RPC_TIMEOUT', { name: 'TimeoutError', message: 'The request took too long to respond.' }],
    ['RPC_UNREACHABLE', new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })],
    ['RPC_UNSUPPORTED', { code: -32601, message: 'the method does not exist' }],
    ['RPC_FAILED', { status: 502 }],
    ['UNEXPECTED', new Error('Something else\nwith a second line')],
    ['UNEXPECTED', 'a text'],
    ['UNEXPECTED', undefined],
  ])('%s', (code, thrown) => {
    const error = toMillraceError(thrown);
    expect(error.code).toBe(code);
    expect(error.shortMessage).not.toContain('\n');
    expect(error.hint).toMatch(/\.$/);
    expect(error.cause).toBe(thrown);
  });

  it('names both chains', () => {
    const message =
      'The current chain of the wallet (id: 1) does not match the target chain for the transaction (id: 31337 – Foundry).';
    expect(toMillraceError({ name: 'ChainMismatchError', message }).shortMessage).toBe(
      'This is meant for chain 31337, and this is chain 1.',
    );
  });

  it('leaves errors of ours as they are', () => {
    const own = new InvalidAmountError('x', 'it is a letter', 'Write digits.');
    expect(toMillraceError(own)).toBe(own);
  });
});
