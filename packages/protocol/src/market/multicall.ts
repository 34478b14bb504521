import type { Address } from 'viem';
import { type BorrowArguments, runBorrow } from './borrow.ts';
import { runCheckpoint, runSettle } from './checkpoint.ts';
import { type Draft, operation } from './draft.ts';
import { type FlashLoanArguments, runFlashLoan } from './flash-loan.ts';
import { type LiquidateArguments, runLiquidate } from './liquidate.ts';
import {
  type ApproveArguments,
  runApprove,
  runSetOperator,
  type SetOperatorArguments,
} from './permissions.ts';
import { type RebalanceArguments, runRebalance } from './rebalance.ts';
import { type RepayArguments, runRepay } from './repay.ts';
import {
  runTransfer,
  runTransferFrom,
  type TransferArguments,
  type TransferFromArguments,
} from './shares.ts';
import { type MintArguments, runMint, runSupply, type SupplyArguments } from './supply.ts';
import { runSupplyCollateral, type SupplyCollateralArguments } from './supply-collateral.ts';
import { type RedeemArguments, runRedeem, runWithdraw, type WithdrawArguments } from './withdraw.ts';
import { runWithdrawCollateral, type WithdrawCollateralArguments } from './withdraw-collateral.ts';

/** What somebody asks of a market. A flash loan may name what its receiver does meanwhile, as the receiver. */
export type Call =
  | ({ readonly kind: 'supply' } & SupplyArguments)
  | ({ readonly kind: 'mint' } & MintArguments)
  | ({ readonly kind: 'withdraw' } & WithdrawArguments)
  | ({ readonly kind: 'redeem' } & RedeemArguments)
  | ({ readonly kind: 'supplyCollateral' } & SupplyCollateralArguments)
  | ({ readonly kind: 'withdrawCollateral' } & WithdrawCollateralArguments)
  | ({ readonly kind: 'borrow' } & BorrowArguments)
  | ({ readonly kind: 'repay' } & RepayArguments)
  | ({ readonly kind: 'liquidate' } & LiquidateArguments)
  | ({ readonly kind: 'flashLoan'; readonly meanwhile?: readonly Call[] } & FlashLoanArguments)
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'settle' }
  | ({ readonly kind: 'rebalance' } & RebalanceArguments)
  | ({ readonly kind: 'transfer' } & TransferArguments)
  | ({ readonly kind: 'transferFrom' } & TransferFromArguments)
  | ({ readonly kind: 'approve' } & ApproveArguments)
  | ({ readonly kind: 'setOperator' } & SetOperatorArguments);

/** Inside a transaction. */
function run(m: Draft, sender: Address, call: Call): unknown {
  switch (call.kind) {
    case 'supply':
      return runSupply(m, sender, call);
    case 'mint':
      return runMint(m, sender, call);
    case 'withdraw':
      return runWithdraw(m, sender, call);
    case 'redeem':
      return runRedeem(m, sender, call);
    case 'supplyCollateral':
      return runSupplyCollateral(m, sender, call);
    case 'withdrawCollateral':
      return runWithdrawCollateral(m, sender, call);
    case 'borrow':
      return runBorrow(m, sender, call);
    case 'repay':
      return runRepay(m, sender, call);
    case 'liquidate':
      return runLiquidate(m, sender, call);
    case 'flashLoan':
      return runFlashLoan(m, sender, call, (during, receiver) => {
        for (const inner of call.meanwhile ?? []) run(during, receiver, inner);
      });
    case 'checkpoint':
      return runCheckpoint(m, sender);
    case 'settle':
      return runSettle(m);
    case 'rebalance':
      return runRebalance(m, sender, call);
    case 'transfer':
      return runTransfer(m, sender, call);
    case 'transferFrom':
      return runTransferFrom(m, sender, call);
    case 'approve':
      return runApprove(m, sender, call);
    case 'setOperator':
      return runSetOperator(m, sender, call);
  }
}

/**
 * Runs several calls as the caller in one transaction, all or none: after the first that uses the market, a checkpoint
 * leaves the rate where it is. The results are those of the calls, in order.
 */
export const multicall = operation((m, sender, calls: readonly Call[]) =>
  calls.map((call) => run(m, sender, call)),
);
