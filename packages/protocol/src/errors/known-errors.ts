import { type AbiItem, parseAbi, toFunctionSelector, toFunctionSignature } from 'viem';
import { abis } from '../generated/index.ts';

type AbiError = Extract<AbiItem, { type: 'error' }>;

/** Errors of tokens, libraries and the compiler, which no ABI of ours lists. */
const FOREIGN = parseAbi([
  'error Error(string message)',
  'error Panic(uint256 code)',
  'error TransferFromFailed()',
  'error TransferFailed()',
  'error ApproveFailed()',
  'error DeploymentFailed()',
  'error FullMulDivFailed()',
  'error MulDivFailed()',
  'error ExpOverflow()',
  'error SafeERC20FailedOperation(address token)',
  'error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)',
  'error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)',
  'error ERC2612ExpiredSignature(uint256 deadline)',
  'error ERC2612InvalidSigner(address signer, address owner)',
]);

/** ERC-7751: what another contract said, passed on. */
export const WRAPPED = parseAbi([
  'error WrappedError(address target, bytes4 selector, bytes reason, bytes details)',
])[0];

export type KnownError = { readonly abi: AbiError; readonly signature: string };

let bySelector: Map<string, KnownError> | undefined;

/** Every error that can be told apart, by its selector. */
export function knownErrors(): ReadonlyMap<string, KnownError> {
  bySelector ??= new Map([
    ...errorsOf(FOREIGN),
    ...Object.values(abis).flatMap(errorsOf),
    ...errorsOf([WRAPPED]),
  ]);
  return bySelector;
}

function errorsOf(abi: readonly AbiItem[]): [string, KnownError][] {
  return abi
    .filter((item): item is AbiError => item.type === 'error')
    .map((item) => {
      // Selectors of errors are those of functions with the same name and types.
      const signature = toFunctionSignature({
        ...item,
        type: 'function',
        outputs: [],
        stateMutability: 'view',
      });
      return [toFunctionSelector(signature), { abi: item, signature }];
    });
}
