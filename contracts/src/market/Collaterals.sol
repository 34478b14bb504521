// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { CollateralConfig, MarketConfig } from "../interfaces/IMarketTypes.sol";
import { IndexMath } from "./IndexMath.sol";
import { MarketState } from "./MarketState.sol";

/// @notice The parameters of up to eight collaterals, kept in code: reading one costs no storage.
abstract contract Collaterals is MarketState {
    /// @dev a close-out pays at least this much, so every collateral must allow it
    uint256 internal constant MIN_BONUS_BPS = 100;

    uint256 internal immutable kindCount;
    address private immutable token0;
    address private immutable token1;
    address private immutable token2;
    address private immutable token3;
    address private immutable token4;
    address private immutable token5;
    address private immutable token6;
    address private immutable token7;
    address private immutable oracle0;
    address private immutable oracle1;
    address private immutable oracle2;
    address private immutable oracle3;
    address private immutable oracle4;
    address private immutable oracle5;
    address private immutable oracle6;
    address private immutable oracle7;
    /// @dev cap of one till, then maxBonusBps, liquidationLtvBps, borrowLtvBps, 16 bits each from bit 128
    uint256 private immutable terms0;
    uint256 private immutable terms1;
    uint256 private immutable terms2;
    uint256 private immutable terms3;
    uint256 private immutable terms4;
    uint256 private immutable terms5;
    uint256 private immutable terms6;
    uint256 private immutable terms7;

    constructor(MarketConfig memory c) {
        uint256 n = c.collaterals.length;
        if (n == 0 || n > 8) revert BadConfig("collaterals", n);
        kindCount = n;
        for (uint256 i; i < n; ++i) {
            _requireSound(c, i);
        }
        (token0, oracle0, terms0) = _pack(c, 0);
        (token1, oracle1, terms1) = _pack(c, 1);
        (token2, oracle2, terms2) = _pack(c, 2);
        (token3, oracle3, terms3) = _pack(c, 3);
        (token4, oracle4, terms4) = _pack(c, 4);
        (token5, oracle5, terms5) = _pack(c, 5);
        (token6, oracle6, terms6) = _pack(c, 6);
        (token7, oracle7, terms7) = _pack(c, 7);
    }

    function _collateral(uint256 i) internal view returns (address token, address oracle, uint256 terms) {
        if (i >= kindCount) revert UnknownCollateral(kindCount, i);
        if (i == 0) return (token0, oracle0, terms0);
        if (i == 1) return (token1, oracle1, terms1);
        if (i == 2) return (token2, oracle2, terms2);
        if (i == 3) return (token3, oracle3, terms3);
        if (i == 4) return (token4, oracle4, terms4);
        if (i == 5) return (token5, oracle5, terms5);
        if (i == 6) return (token6, oracle6, terms6);
        return (token7, oracle7, terms7);
    }

    /// @dev What one till accepts: the cap divided by L.
    function _capOf(uint256 terms) internal pure returns (uint256) {
        return uint128(terms);
    }

    function _maxBonusBps(uint256 terms) internal pure returns (uint256) {
        return uint16(terms >> 128);
    }

    function _liquidationLtvBps(uint256 terms) internal pure returns (uint256) {
        return uint16(terms >> 144);
    }

    function _borrowLtvBps(uint256 terms) internal pure returns (uint256) {
        return uint16(terms >> 160);
    }

    function _pack(MarketConfig memory c, uint256 i) private pure returns (address, address, uint256) {
        if (i >= c.collaterals.length) return (address(0), address(0), 0);
        CollateralConfig memory k = c.collaterals[i];
        uint256 terms = uint256(k.cap) / c.stripes | uint256(k.maxBonusBps) << 128 | uint256(k.liquidationLtvBps) << 144
            | uint256(k.borrowLtvBps) << 160;
        return (k.token, k.oracle, terms);
    }

    function _requireSound(MarketConfig memory c, uint256 i) private view {
        CollateralConfig memory k = c.collaterals[i];
        if (k.token == c.asset || k.token.code.length == 0) revert BadConfig("collateral.token", i);
        for (uint256 j; j < i; ++j) {
            if (c.collaterals[j].token == k.token) revert BadConfig("collateral.token", i);
        }
        if (k.oracle.code.length == 0) revert BadConfig("collateral.oracle", i);
        if (k.borrowLtvBps == 0 || k.borrowLtvBps >= k.liquidationLtvBps) {
            revert BadConfig("collateral.borrowLtvBps", i);
        }
        if (k.maxBonusBps < MIN_BONUS_BPS) revert BadConfig("collateral.maxBonusBps", i);
        uint256 worst = (IndexMath.BPS + k.maxBonusBps) * k.liquidationLtvBps;
        if (worst >= IndexMath.BPS * IndexMath.BPS) revert BadConfig("collateral.liquidationLtvBps", i);
        if (k.cap < c.stripes) revert BadConfig("collateral.cap", i);
    }
}
