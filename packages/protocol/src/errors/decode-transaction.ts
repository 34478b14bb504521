import type { Clue } from './clue.ts';
import { TransactionError } from './transaction-error.ts';
import { WrongChainError } from './wrong-chain-error.ts';

type Case = {
  code: string;
  matches: RegExp;
  said: string;
  hint: string;
  retryable?: boolean;
  isNetwork?: boolean;
};

const CASES: readonly Case[] = [
  {
    code: 'INSUFFICIENT_FUNDS',
    matches: /insufficient funds|insufficientfundserror|exceeds the balance of the account/,
    said: 'The account cannot pay for the gas.',
    hint: 'Send it some of the chain’s own coin.',
  },
  {
    code: 'NONCE_TOO_LOW',
    matches: /nonce too low|nonce is too low|noncetoolow|nonce already used|already known/,
    said: 'A transaction with this number has been sent already.',
    hint: 'Wait until pending transactions are mined, then try again.',
    retryable: true,
  },
  {
    code: 'NONCE_TOO_HIGH',
    matches: /nonce too high|nonce gap|noncetoohigh/,
    said: 'An earlier transaction of the account is missing.',
    hint: 'Send the missing one, or reset the account in the wallet.',
  },
  {
    code: 'UNDERPRICED',
    matches: /underpriced|max fee per gas less than|fee cap.*base fee|feecaptoolow|maxfeepergas.*lower/,
    said: 'The fee is too low to be mined.',
    hint: 'Send it again with a higher fee.',
    retryable: true,
  },
  {
    code: 'GAS_TOO_LOW',
    matches: /intrinsic gas too low|out of gas|gas required exceeds allowance|intrinsicgastoolow/,
    said: 'The gas limit is too low.',
    hint: 'Send it with a higher gas limit.',
  },
  {
    code: 'NOT_MINED_YET',
    matches: /waitfortransactionreceipttimeouterror|timed out while waiting for transaction/,
    said: 'The transaction was sent, and is not mined yet.',
    hint: 'Look it up by its hash before sending it again.',
    retryable: true,
    isNetwork: true,
  },
  {
    code: 'TRANSACTION_UNKNOWN',
    matches: /transactionreceiptnotfounderror|transactionnotfounderror/,
    said: 'The node knows no such transaction.',
    hint: 'It may have been dropped, or the node is behind: look it up elsewhere.',
    retryable: true,
    isNetwork: true,
  },
  {
    code: 'BLOCK_UNKNOWN',
    matches: /block at (hash|number) .* could not be found/,
    said: 'The node does not know this block.',
    hint: 'It may be behind, or keep only recent blocks: try again, or use an archive node.',
    retryable: true,
    isNetwork: true,
  },
  {
    code: 'NO_CONTRACT',
    matches: /contractfunctionzerodataerror|returned no data \("0x"\)/,
    said: 'There is no such contract at this address.',
    hint: 'Check the address and the chain.',
  },
  {
    code: 'INVALID_AMOUNT',
    matches: /integeroutofrangeerror|number ".*" is not in safe/,
    said: 'This is not an amount: it is below zero, or larger than any token can be.',
    hint: 'Use an amount from 0 to 2^256 − 1 base units.',
  },
  {
    code: 'INVALID_ADDRESS',
    matches: /invalidaddresserror|address ".*" is invalid/,
    said: 'This is not an address.',
    hint: 'An address is 0x and 40 digits, in the checksummed form or in lower case.',
  },
];

const CHAIN_NAMES = new Set(['ChainMismatchError', 'InvalidChainIdError']);
const CHAIN_TEXT = /chain id mismatch|invalid chain id|does not match the target chain|wrong chain/;

/** A transaction or call that was not taken, and a chain that is not the one meant. */
export function decodeTransaction(
  clues: readonly Clue[],
  cause: unknown,
): TransactionError | WrongChainError | undefined {
  const chain = clues.find(({ name, text }) => CHAIN_NAMES.has(name) || CHAIN_TEXT.test(text));
  if (chain) return new WrongChainError(...chainIds(chain), cause);
  const said = clues.map(({ name, text }) => `${name.toLowerCase()} ${text}`).join('\n');
  const found = CASES.find(({ matches }) => matches.test(said));
  if (found === undefined) return undefined;
  const { code, hint, retryable, isNetwork } = found;
  return new TransactionError(found.said, {
    code,
    hint,
    retryable,
    fault: isNetwork ? 'network' : 'user',
    cause,
  });
}

/** As viem says them: "current chain of the wallet (id: 1) … target chain … (id: 2 – name)". */
function chainIds({ text }: Clue): [number | undefined, number | undefined] {
  const ids = [...text.matchAll(/\(id: (\d+)/g)].map((match) => Number(match[1]));
  return [ids[1], ids[0]];
}
