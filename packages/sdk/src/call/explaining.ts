import {
  type ErrorContext,
  InsufficientApprovalError,
  InsufficientBalanceError,
  type MillraceError,
  RevertError,
  toMillraceError,
} from '@millrace/protocol';
import type { Address } from 'viem';
import { getToken } from '../market/get-token.ts';
import { getTokens } from '../market/get-tokens.ts';
import type { Token } from '../market/token.ts';
import { getAllowance } from '../token/get-allowance.ts';
import { getBalance } from '../token/get-balance.ts';
import type { SdkClient } from './client.ts';

/** What an operation takes from whom. */
export type Payment = {
  payer: Address;
  /** Base units; of the collateral when `collateral` is given, else of the loan asset. Asked for only after a failure. */
  amount: bigint | (() => Promise<bigint>);
  /** Number of the collateral. */
  collateral?: number | undefined;
  /** Of which token, where the call is not to a market. Asked for only after a failure. */
  token?: Address | (() => Promise<Address>) | undefined;
};

type Circumstances = { market: Address; payment?: Payment | undefined };

/** Libraries and tokens say no more than that a transfer failed. */
const NOT_COLLECTED = new Set([
  'TransferFromFailed',
  'ERC20InsufficientBalance',
  'ERC20InsufficientAllowance',
  'SafeERC20FailedOperation',
]);

/** Runs, and turns whatever is thrown into an error whose words name the market's tokens and amounts. */
export async function explaining<T>(
  client: SdkClient,
  circumstances: Circumstances,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    throw await explain(client, circumstances, thrown);
  }
}

/** Reads what it needs from the market; when that fails too, the words do without. */
async function explain(
  client: SdkClient,
  { market, payment }: Circumstances,
  thrown: unknown,
): Promise<MillraceError> {
  const plain = toMillraceError(thrown);
  if (!(plain instanceof RevertError)) return plain;
  try {
    const [asset, ...collaterals] = await tokensOf(client, market, payment);
    const context: ErrorContext = { asset, collaterals };
    const failed = plain.errorName !== undefined && NOT_COLLECTED.has(plain.errorName);
    const unpaid =
      failed && payment ? await explainPayment(client, market, payment, context, thrown) : undefined;
    return unpaid ?? toMillraceError(thrown, context);
  } catch {
    return plain;
  }
}

async function tokensOf(client: SdkClient, market: Address, payment?: Payment): Promise<readonly Token[]> {
  if (payment?.token === undefined) return await getTokens(client, { market });
  const token = typeof payment.token === 'string' ? payment.token : await payment.token();
  return [await getToken(client, { token })];
}

async function explainPayment(
  client: SdkClient,
  spender: Address,
  { payer, amount: wanted, collateral, token: named }: Payment,
  context: ErrorContext,
  cause: unknown,
): Promise<MillraceError | undefined> {
  const token = collateral === undefined ? context.asset : context.collaterals?.[collateral];
  if (token === undefined) return undefined;
  const address = token.address as Address;
  const amount = typeof wanted === 'bigint' ? wanted : await wanted();
  const balance = await getBalance(client, { token: address, owner: payer });
  if (balance < amount) {
    return new InsufficientBalanceError({ token, payer, needed: amount, available: balance, cause });
  }
  const allowance = await getAllowance(client, { token: address, owner: payer, spender });
  if (allowance >= amount) return undefined;
  const noun = named === undefined ? 'market' : 'contract';
  return new InsufficientApprovalError({
    token,
    payer,
    needed: amount,
    available: allowance,
    spender: noun,
    cause,
  });
}
