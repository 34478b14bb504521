// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MarketConfig, Totals } from "../interfaces/IMarketTypes.sol";
import { Baskets } from "./Baskets.sol";
import { Checkpoints } from "./Checkpoints.sol";
import { IndexMath } from "./IndexMath.sol";
import { DebtStripe, Stripes } from "./Stripes.sol";
import { Tills } from "./Tills.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeTransferLib } from "solady/utils/SafeTransferLib.sol";

/// @notice Who bears a debt that no collateral carries: the reserve, then cover, then lenders by a lower price.
abstract contract BadDebt is Baskets, Checkpoints, Tills {
    using Stripes for DebtStripe;
    using SafeTransferLib for address;

    address internal immutable cover;

    constructor(MarketConfig memory c) {
        cover = c.cover;
    }

    /// @dev Who bears how much of one loss, base units of the asset.
    struct Burden {
        uint256 loss;
        uint256 fromReserve;
        uint256 fromCover;
        uint256 fromLenders;
        uint256 fromDonations;
    }

    /// @dev Strikes out what is left of `owner`'s debt; the market was settled at this timestamp.
    function _realise(address owner, uint256 stripe) internal returns (uint256) {
        Burden memory b;
        uint256 scaled = positions[owner].debt;
        positions[owner].debt = 0;
        b.loss = IndexMath.worthUp(scaled, accrued.index);
        b.fromReserve = _drawReserve(b.loss);
        b.fromCover = _drawCover(b.loss - b.fromReserve, stripe);
        Totals memory sum = _totals();
        b.fromLenders = _drawLenders(b.loss - b.fromReserve - b.fromCover, sum.shares);
        // Lenders are exhausted: what is left was lent out of donations, and cash below zero forgets it.
        b.fromDonations = b.loss - b.fromReserve - b.fromCover - b.fromLenders;
        uint256 forgotten = sum.cash < 0 ? uint256(-sum.cash) : 0;
        if (b.fromDonations < forgotten) forgotten = b.fromDonations;
        stripes[stripe].borrow.add(-int256(scaled), int256(b.fromCover + forgotten));
        emit BadDebtRealised(owner, b.loss, b.fromReserve, b.fromCover, b.fromLenders, b.fromDonations);
        return b.loss;
    }

    function _drawReserve(uint256 wanted) private returns (uint256 paid) {
        paid = agreed.reserve;
        if (paid > wanted) paid = wanted;
        agreed.reserve -= uint128(paid);
    }

    /// @dev The price falls by the loss per share, rounded up.
    function _drawLenders(uint256 wanted, uint256 shares) private returns (uint256 paid) {
        if (shares == 0) return 0;
        uint256 price = accrued.price;
        uint256 fall = IndexMath.unitsUp(wanted, shares);
        if (fall > price) fall = price;
        accrued.price = uint112(price - fall);
        paid = IndexMath.worthDown(shares, fall);
        return paid > wanted ? wanted : paid;
    }

    /// @dev Cover is passive and cannot block: whatever fails pays nothing.
    function _drawCover(uint256 wanted, uint256 stripe) private returns (uint256 paid) {
        if (cover == address(0) || wanted == 0) return 0;
        uint256 offered = _balance(asset, cover);
        uint256 allowed = IERC20(asset).allowance(cover, address(this));
        if (allowed < offered) offered = allowed;
        if (wanted < offered) offered = wanted;
        if (offered == 0) return 0;
        address till = _tillAt(stripe);
        uint256 had = _balance(asset, till);
        if (!asset.trySafeTransferFrom(cover, till, offered)) return 0;
        uint256 has = _balance(asset, till);
        if (has <= had) return 0;
        // Whatever else arrived meanwhile is a donation.
        return has - had < offered ? has - had : offered;
    }
}
