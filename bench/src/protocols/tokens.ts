import { mockTokenAbi, mockTokenBytecode } from '@millrace/protocol/contracts/mock-token';
import type { Address } from 'viem';
import { type BenchChain, type Call, DEPLOYER } from '../chain/bench-chain.ts';
import { callOf } from '../chain/call-of.ts';
import { compileOwnStorage } from '../compile/compile-own-storage.ts';
import type { Description } from './description.ts';
import { MAX_UINT } from './numbers.ts';

/** The same ERC-20 of OpenZeppelin for every protocol, 18 decimals, from the release build. */
export function deployToken(chain: BenchChain, symbol: string): Promise<Address> {
  return chain.deploy(mockTokenAbi, mockTokenBytecode, [symbol, symbol, 18]);
}

/** Anyone may mint. */
export function mint(token: Address, to: Address, amount: bigint): Call {
  return callOf(DEPLOYER, token, mockTokenAbi, 'mint', [to, amount]);
}

function approve(token: Address, owner: Address, spender: Address): Call {
  return callOf(owner, token, mockTokenAbi, 'approve', [spender, MAX_UINT]);
}

export function transfer(token: Address, from: Address, to: Address, amount: bigint): Call {
  return callOf(from, token, mockTokenAbi, 'transfer', [to, amount]);
}

/** Mints both tokens to the users and approves the protocol for ever, so that no allowance is ever written again. */
export function funding(
  { asset, collateral, address }: { asset: Address; collateral: Address; address: Address },
  users: readonly Address[],
  amount: bigint,
): Call[] {
  return users.flatMap((user) =>
    [asset, collateral].flatMap((token) => [mint(token, user, amount), approve(token, user, address)]),
  );
}

/** Adds the tokens to what is known of a protocol. */
export function describeTokens(description: Description, asset: Address, collateral?: Address): Description {
  const artifact = compileOwnStorage('contracts/src/dev/MockToken.sol');
  description.add('asset', asset, artifact);
  if (collateral) description.add('collateral', collateral, artifact);
  return description;
}
