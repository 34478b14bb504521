// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action } from "../interfaces/IGate.sol";
import { ILiquidateCallback } from "../interfaces/IMarketCallbacks.sol";
import { MarketConfig, Route } from "../interfaces/IMarketTypes.sol";
import { BadDebt } from "./BadDebt.sol";
import { IndexMath } from "./IndexMath.sol";
import { LiquidationMath } from "./LiquidationMath.sol";
import { Position } from "./MarketState.sol";
import { DebtStripe, Stripes } from "./Stripes.sol";
import { FixedPointMathLib } from "solady/utils/FixedPointMathLib.sol";

/// @notice Liquidation of positions whose collateral, at its highest credible price, no longer carries the debt.
abstract contract Liquidations is BadDebt {
    using Stripes for DebtStripe;

    uint256 internal immutable targetHealthBps;

    constructor(MarketConfig memory c) {
        if (c.targetHealthBps <= 10_000 || c.targetHealthBps > 20_000) {
            revert BadConfig("targetHealthBps", c.targetHealthBps);
        }
        targetHealthBps = c.targetHealthBps;
    }

    /// @dev What one liquidation does. `scaled` is the part of the debt that `repaid` settles.
    struct Outcome {
        uint256 repaid;
        uint256 scaled;
        uint256 seized;
        uint256 bonus;
        uint256 ask;
        bool closeOut;
    }

    function liquidate(address owner, uint256 i, uint256 maxRepay, Route route, bytes calldata data)
        external
        returns (uint256 repaid, uint256 seized)
    {
        uint256 before = _enter();
        _requireGate(msg.sender, Action.Liquidate);
        Position storage p = positions[owner];
        Outcome memory o = _decide(p, owner, i, maxRepay, before);
        (repaid, seized) = (o.repaid, o.seized);
        uint256 stripe = _bookStripe(route, owner);
        _apply(p, owner, i, o, route, stripe);
        if (data.length != 0) {
            _beginCallback(before);
            ILiquidateCallback(msg.sender).onLiquidate(repaid, seized, data);
            _endCallback(before);
        }
        if (repaid != 0) _pull(asset, msg.sender, repaid, route, stripe, type(uint256).max);
        _exit(before);
    }

    /// @dev Books first, then the collateral leaves.
    function _apply(Position storage p, address owner, uint256 i, Outcome memory o, Route route, uint256 stripe)
        private
    {
        stripes[stripe].borrow.add(-int256(o.scaled), int256(o.repaid));
        p.debt -= uint120(o.scaled);
        uint256 loss = o.closeOut && p.debt != 0 ? _realise(owner, stripe) : 0;
        emit Liquidated(owner, msg.sender, i, o.repaid, o.seized, loss);
        if (o.closeOut) return _sendAll(p, route, stripe);
        _setHeld(p, i, _held(p, i) - o.seized);
        _sendCollateral(i, o.seized, route, stripe);
    }

    function _decide(Position storage p, address owner, uint256 i, uint256 maxRepay, uint256 before)
        private
        returns (Outcome memory o)
    {
        uint256 index = _indexNow(accrued, agreed);
        uint256 debt = IndexMath.worthUp(p.debt, index);
        if (debt == 0) revert NoDebt(owner);
        Worth memory worth = _worth(p, true);
        if (worth.weighted >= debt) revert Healthy(debt, worth.weighted);
        o.closeOut = LiquidationMath.isCloseOut(debt, worth.value);
        if (o.closeOut) {
            _closeOut(o, p, debt, worth.value, i, maxRepay);
            if (accrued.settledAt != block.timestamp) _checkpoint(before, address(0));
            o.seized = _held(p, i);
        } else {
            _partly(o, p, debt, worth, i, maxRepay);
        }
        (o.repaid, o.scaled) = IndexMath.clamp(o.repaid, p.debt, index);
        if (!o.closeOut) _seizeFor(o, p, i, index);
    }

    function _closeOut(Outcome memory o, Position storage p, uint256 debt, uint256 value, uint256 i, uint256 maxRepay)
        private
        view
    {
        (,, uint256 terms) = _collateral(i);
        if (p.held != 0 && _held(p, i) == 0) revert InsufficientCollateral(1, 0);
        o.repaid = LiquidationMath.priceOf(value, LiquidationMath.closeOutBonus(debt, value, _wad(_maxBonusBps(terms))));
        if (o.repaid > maxRepay) revert CloseOutOnly(o.repaid, maxRepay);
    }

    function _partly(
        Outcome memory o,
        Position storage p,
        uint256 debt,
        Worth memory worth,
        uint256 i,
        uint256 maxRepay
    ) private view {
        (, address oracle, uint256 terms) = _collateral(i);
        uint256 held = _held(p, i);
        uint256 lltv = _wad(_liquidationLtvBps(terms));
        (bool viable, uint256 bonus) =
            LiquidationMath.bonus(debt, worth.value, worth.weighted, lltv, _wad(_maxBonusBps(terms)));
        if (!viable || held == 0) revert WouldWorsen(i);
        (, o.ask) = _quote(oracle);
        uint256 value = FixedPointMathLib.fullMulDiv(held, o.ask, IndexMath.PRICE_SCALE);
        uint256 wanted =
            LiquidationMath.repayToTarget(debt, worth.weighted, lltv, bonus, _wad(targetHealthBps), minDebt);
        wanted = LiquidationMath.min(wanted, LiquidationMath.priceOf(value, bonus));
        o.repaid = LiquidationMath.min(wanted, maxRepay);
        o.bonus = bonus;
    }

    /// @dev Only what really left the debt buys collateral: rounding in a loop gains nothing.
    function _seizeFor(Outcome memory o, Position storage p, uint256 i, uint256 index) private view {
        if (o.scaled == 0) revert AmountTooSmall(o.repaid);
        uint256 settled = LiquidationMath.min(o.repaid, IndexMath.worthDown(o.scaled, index));
        uint256 bought = settled * (IndexMath.WAD + o.bonus) / IndexMath.WAD;
        o.seized = LiquidationMath.min(_held(p, i), FixedPointMathLib.fullMulDiv(bought, IndexMath.PRICE_SCALE, o.ask));
    }

    function _wad(uint256 bps) private pure returns (uint256) {
        return bps * 1e14;
    }

    function _sendCollateral(uint256 i, uint256 amount, Route route, uint256 stripe) private {
        (address token,,) = _collateral(i);
        _send(token, msg.sender, amount, route, stripe);
    }

    function _sendAll(Position storage p, Route route, uint256 stripe) private {
        uint256 kinds = p.held;
        for (uint256 k; kinds != 0; (++k, kinds >>= 1)) {
            if (kinds & 1 == 0) continue;
            uint256 amount = _held(p, k);
            _setHeld(p, k, 0);
            _sendCollateral(k, amount, route, stripe);
        }
    }
}
