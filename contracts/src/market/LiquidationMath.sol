// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IndexMath } from "./IndexMath.sol";

/// @notice How much a liquidator may repay and what it buys. Values in base units of the asset, fractions in wad.
/// @dev With D the debt, V the value, W the weighted value and H = W/D: the bonus on collateral i is at most H/LLTV_i − 1, so H never falls,
/// and at most V/D − 1, so V/D never falls either and no liquidation creates bad debt.
library LiquidationMath {
    uint256 private constant WAD = IndexMath.WAD;
    /// @dev the bonus grows by two points for each point of shortfall
    uint256 private constant BONUS_SLOPE = 2;
    /// @dev below debt · (1 + this) only a close-out is allowed
    uint256 internal constant MIN_BONUS = 0.01e18;

    function isCloseOut(uint256 debt, uint256 value) internal pure returns (bool) {
        return value * WAD < debt * (WAD + MIN_BONUS);
    }

    /// @notice Bonus of a partial liquidation; `viable` is false when seizing this collateral would lower health.
    function bonus(uint256 debt, uint256 value, uint256 weighted, uint256 lltv, uint256 most)
        internal
        pure
        returns (bool viable, uint256 earned)
    {
        uint256 health = weighted * WAD / debt;
        if (health < lltv) return (false, 0);
        earned = BONUS_SLOPE * (WAD - health);
        earned = min(min(earned, most), min(health * WAD / lltv - WAD, value * WAD / debt - WAD));
        return (true, earned);
    }

    /// @notice What restores the target health, rounded up; everything when less than `dust` would be left.
    function repayToTarget(uint256 debt, uint256 weighted, uint256 lltv, uint256 earned, uint256 target, uint256 dust)
        internal
        pure
        returns (uint256 repay)
    {
        repay = IndexMath.ceilDiv(target * debt - weighted * WAD, target - (WAD + earned) * lltv / WAD);
        if (repay > debt || debt - repay < dust) repay = debt;
    }

    /// @notice Bonus of a close-out: it starts where partial liquidations end and grows with the shortfall of value.
    function closeOutBonus(uint256 debt, uint256 value, uint256 most) internal pure returns (uint256) {
        return min(most, MIN_BONUS + (debt * (WAD + MIN_BONUS) - value * WAD) / debt);
    }

    /// @notice What is paid for `value` at a bonus, rounded up.
    function priceOf(uint256 value, uint256 earned) internal pure returns (uint256) {
        return IndexMath.ceilDiv(value * WAD, WAD + earned);
    }

    function min(uint256 a, uint256 b) internal pure returns (uint256) {
        return a < b ? a : b;
    }
}
