// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IOracle } from "../interfaces/IOracle.sol";
import { Collaterals } from "./Collaterals.sol";
import { IndexMath } from "./IndexMath.sol";
import { Position } from "./MarketState.sol";
import { FixedPointMathLib } from "solady/utils/FixedPointMathLib.sol";

/// @notice What a position holds, what that is worth, and what it allows.
abstract contract Baskets is Collaterals {
    /// @notice Value of a basket in base units of the asset. `weighted` counts each collateral at its loan-to-value.
    /// @param disputed 1 + the index of a collateral whose price does not do for borrowing; 0 when all do
    struct Worth {
        uint256 value;
        uint256 weighted;
        uint256 disputed;
    }

    /// @dev For owners who act: collateral at the bid, at the borrowing loan-to-value.
    function _requireHealthy(Position storage p, uint256 index) internal view {
        uint256 debt = IndexMath.worthUp(p.debt, index);
        Worth memory worth = _worth(p, false);
        if (worth.weighted >= debt) return;
        if (worth.disputed == 0) revert Unhealthy(debt, worth.weighted);
        (, address oracle,) = _collateral(worth.disputed - 1);
        revert PriceUnavailable(worth.disputed - 1, oracle);
    }

    /// @dev At the ask and the liquidation loan-to-value for liquidations, at the bid and the borrowing one otherwise. Rounded
    /// down. Every kind held needs a live source: nobody borrows against a basket that could not be liquidated.
    function _worth(Position storage p, bool liquidating) internal view returns (Worth memory worth) {
        uint256 kinds = p.held;
        for (uint256 i; kinds != 0; (++i, kinds >>= 1)) {
            if (kinds & 1 == 0) continue;
            (, address oracle, uint256 terms) = _collateral(i);
            (uint256 price, uint256 ask) = _quote(oracle);
            if (ask == 0) revert PriceUnavailable(i, oracle);
            if (price == 0) worth.disputed = i + 1;
            if (liquidating) price = ask;
            uint256 value = FixedPointMathLib.fullMulDiv(_held(p, i), price, IndexMath.PRICE_SCALE);
            worth.value += value;
            worth.weighted += value * (liquidating ? _liquidationLtvBps(terms) : _borrowLtvBps(terms)) / IndexMath.BPS;
        }
    }

    /// @dev An oracle that fails has no price.
    function _quote(address oracle) internal view returns (uint256 bid, uint256 ask) {
        bytes4 selector = IOracle.quote.selector;
        assembly ("memory-safe") {
            mstore(0, selector)
            let ok := staticcall(ORACLE_GAS, oracle, 0, 4, 0, 64)
            if and(ok, gt(returndatasize(), 63)) {
                bid := mload(0)
                ask := mload(32)
            }
        }
        if (bid > ask) bid = ask;
    }

    function _held(Position storage p, uint256 i) internal view returns (uint256) {
        return i == 0 ? p.first : i < 8 ? p.others[i - 1] : 0;
    }

    function _setHeld(Position storage p, uint256 i, uint256 amount) internal {
        if (i == 0) return _setFirst(p, amount);
        uint8 kinds = p.held;
        uint8 bit = uint8(1 << i);
        if ((kinds & bit != 0) != (amount != 0)) p.held = kinds ^ bit;
        p.others[i - 1] = uint128(amount);
    }

    /// @dev Adds to collateral i, if it is the first, some is held already and the sum fits: one load, one store.
    function _addToFirst(Position storage p, uint256 i, uint256 amount) internal returns (bool added) {
        uint256 most = type(uint128).max;
        assembly ("memory-safe") {
            let word := sload(p.slot)
            let held := shr(128, word)
            // Zero wraps around and does not fit.
            added := and(and(iszero(i), gt(held, 0)), lt(sub(amount, 1), sub(most, held)))
            if added { sstore(p.slot, add(word, shl(128, amount))) }
        }
    }

    /// @dev Amount and bit of the first collateral are in the slot of the debt: one load, one store.
    function _setFirst(Position storage p, uint256 amount) private {
        assembly ("memory-safe") {
            let word := and(sload(p.slot), not(shl(120, 1)))
            word := or(shl(128, amount), shr(128, shl(128, word)))
            sstore(p.slot, or(word, shl(120, iszero(iszero(amount)))))
        }
    }
}
