// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Position } from "../market/MarketState.sol";
import { Stripe } from "../market/Stripes.sol";
import { IERC3156FlashBorrower, IERC3156FlashLender } from "./IERC3156.sol";
import { IMarketErrors } from "./IMarketErrors.sol";
import { IMarketEvents } from "./IMarketEvents.sol";
import { Accrual, CollateralConfig, Parameters, Route, Terms, Totals } from "./IMarketTypes.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @title A Millrace market
/// @notice One loan asset, one to eight collaterals, no owner, no upgrade. Amounts are base units of their token; prices per share and
/// indices are ray (1e27 = 1), rates wad (1e18) per second, fractions basis points, times seconds. Whatever is rounded is rounded
/// against the caller.
///
/// How it is kept parallel: totals are L stripes, tokens sit in L tills, and an operation touches the stripe of its owner
/// (`keccak(owner) & (L-1)`) or the one its `Route` names. Price, index and rate are read by everyone and written only by `checkpoint`
/// and by bad debt. Withdrawing needs no rate, repaying no checkpoint and no oracle.
///
/// Assumptions on tokens: no fee on transfer, no rebasing, `balanceOf` tells the truth, total supply below 2^112, no silent change of
/// these. A till that receives another amount than it was sent reverts the operation (`TokenMisbehaved`). Tokens sent to a till by
/// hand belong to nobody: they change no price, and may be lent.
///
/// Known: a loss that is not yet liquidated is not in the price, so those who leave before escape it while cash lasts. Own capital that
/// is held through several checkpoints can push the rate within its slew. A basket that holds a collateral whose oracle is dead
/// cannot be liquidated until it answers.
///
/// What is not on the market itself is on its extension, which the market calls by delegatecall: callers see one contract.
interface IMarket is IERC4626, IERC3156FlashLender, IMarketErrors, IMarketEvents {
    // ------------------------------------------------------------------------------------------------ lenders

    /// @notice `deposit` with a route and, when `data` is not empty, a callback `onSupply` before the money is pulled.
    /// Shares are bought at the ceiling: price · (1 + rate · time since the checkpoint), rounded down.
    /// @dev Reverts when paused, closed, gated; when the amount buys no share.
    /// @return shares what `owner` received
    function supply(uint256 assets, address owner, Route route, bytes calldata data) external returns (uint256 shares);

    /// @notice `withdraw` with a route. Shares are sold at the settled price, rounded up.
    /// @dev Needs the owner, an operator with WITHDRAW scope, or an allowance. `TillsDry` when cash is short.
    function withdraw(uint256 assets, address receiver, address owner, Route route) external returns (uint256 shares);

    /// @notice `redeem` with a route. Assets are rounded down.
    function redeem(uint256 shares, address receiver, address owner, Route route) external returns (uint256 assets);

    // ---------------------------------------------------------------------------------------------- borrowers

    /// @notice Adds collateral `i` to the position of `owner`; callback `onSupplyCollateral` when `data` is not empty.
    /// @dev Each till accepts `cap / L`: a large deposit names several tills. Only the owner or an operator with COLLATERAL scope may add
    /// a kind that the position does not hold, and with debt only one that has a price.
    function supplyCollateral(uint256 i, uint256 amount, address owner, Route route, bytes calldata data) external;

    /// @notice The same for the caller's own position and till, without a callback: the cheapest way.
    function supplyCollateral(uint256 i, uint256 amount) external;

    /// @notice Takes collateral out. Without debt it needs no oracle; with debt the rest must carry it at the bid and the borrowing LTV.
    function withdrawCollateral(uint256 i, uint256 amount, address receiver, address owner, Route route) external;

    /// @notice Borrows exactly `assets`; the debt is rounded up. The position must carry it at the bid and the borrowing LTV.
    function borrow(uint256 assets, address receiver, address owner, Route route) external;

    /// @notice Repays at most `assets`, clamped to the debt (`type(uint256).max` repays all). Works whatever else is broken.
    /// @return repaid what was pulled
    function repay(uint256 assets, address owner, Route route, bytes calldata data) external returns (uint256 repaid);

    // -------------------------------------------------------------------------------------------- liquidators

    /// @notice Repays up to `maxRepay` of a position whose health is below 1 and takes collateral `i` for it, plus a bonus.
    /// Health = Σ collateral at the ask · liquidation LTV / debt. The bonus is min(maximum, 2 · (1 − health), health / LTV_i − 1,
    /// value / debt − 1): liquidation never lowers health, nor the value that covers the debt. It repays up to the target health; a
    /// rest below `minDebt` may be closed whole. When value < debt · 1.01 only a close-out is allowed: all collateral, for
    /// value / (1 + bonus), bonus = min(maximum, 1 % + shortfall); what remains of the debt is realised as bad debt.
    /// @dev `route` names the till that is paid and the tills the collateral leaves. Callback `onLiquidate` after the collateral was sent.
    /// @return repaid what was pulled, rounded up
    /// @return seized of collateral `i`, rounded down
    function liquidate(address owner, uint256 i, uint256 maxRepay, Route route, bytes calldata data)
        external
        returns (uint256 repaid, uint256 seized);

    /// @notice ERC-3156 with a route: the first till of the route is asked first. Each till gets back what left it.
    function flashLoan(IERC3156FlashBorrower receiver, address token, uint256 amount, bytes calldata data, Route route)
        external
        returns (bool);

    // ---------------------------------------------------------------------------------------------- upkeep

    /// @notice Books interest since the last checkpoint, lifts the price, moves the rate. Does nothing before `minEpoch`. The caller is
    /// paid in shares, `rewardBps` of this epoch's fee.
    /// @return settled whether anything was written
    function checkpoint() external returns (bool settled);

    /// @notice Checkpoints if the last one is older than `maxEpoch`; operations do so themselves.
    function settle() external;

    /// @notice Evens out two tills: half of the difference moves from the fuller to the emptier. Changes no book.
    function rebalance(address token, uint256 from, uint256 to) external;

    /// @notice Hands a signed price to the oracle of collateral `i` for the rest of this transaction (see `IPullOracle`).
    function submitPrice(uint256 i, bytes calldata data) external;

    /// @notice Runs several calls as the caller, all or none: submit a price and borrow, permit and supply.
    function multicall(bytes[] calldata calls) external returns (bytes[] memory results);

    // ----------------------------------------------------------------------------------------- permissions

    /// @notice Lets `operator` act for the caller within `scope` until `expiry`. Scope bits: 1 withdraw, 2 borrow, 4 collateral, 8 pay.
    function setOperator(address operator, uint256 scope, uint256 expiry) external;

    /// @notice The same by EIP-712 signature (EIP-1271 for contracts); each nonce once, until `deadline`.
    function setOperatorBySig(
        address owner,
        address operator,
        uint256 scope,
        uint256 expiry,
        uint256 deadline,
        bytes calldata signature
    ) external;

    function operatorOf(address owner, address operator) external view returns (uint256 scope, uint256 expiry);

    /// @notice ERC-2612
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external;
    function nonces(address owner) external view returns (uint256);
    function DOMAIN_SEPARATOR() external view returns (bytes32);

    /// @notice The guardian stops new supply and borrowing for at most 3 days, and not again until 3 days after that. Exits stay open.
    function pause(uint256 duration) external;
    function unpause() external;

    // ---------------------------------------------------------------------------------------------- views

    function extension() external view returns (address);
    /// @notice keccak256 of the ABI-encoded `MarketConfig`.
    function configHash() external view returns (bytes32);
    function parameters() external view returns (Parameters memory);
    function collateralCount() external view returns (uint256);
    function collateral(uint256 i) external view returns (CollateralConfig memory);
    function accrual() external view returns (Accrual memory);
    function terms() external view returns (Terms memory);
    /// @notice Sums of all stripes. Reads 2 · L slots.
    function totals() external view returns (Totals memory);
    function stripeAt(uint256 j) external view returns (Stripe memory);
    function positionOf(address owner) external view returns (Position memory);
    function collateralOf(address owner, uint256 i) external view returns (uint256);
    /// @notice What `owner` owes now, rounded up.
    function debtOf(address owner) external view returns (uint256);
    /// @notice Whether a call or a callback of this market is under way: read nothing that matters while it is.
    function busy() external view returns (bool);
    /// @notice The factory that deploys this market's tills.
    function tills() external view returns (address);
    function tillOf(uint256 j) external view returns (address);
    function tillTokens() external view returns (address[] memory);
}
