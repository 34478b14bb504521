// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice All arithmetic on indices, one function for each rounding. Indices are ray, rates wad per second, time seconds.
/// @dev Nothing overflows while indices are at most 241 bits · scaled amounts at most 2^128 · rate at most MAX_RATE; see the proofs in `contracts/proofs`.
library IndexMath {
    uint256 internal constant RAY = 1e27;
    uint256 internal constant WAD = 1e18;
    uint256 internal constant PRICE_SCALE = 1e36;
    uint256 internal constant BPS = 1e4;
    uint256 internal constant YEAR = 365 days;
    /// @dev 400 % a year
    uint256 internal constant MAX_RATE = 4e18 / YEAR;
    /// @dev 5 % a year, the least slew in an hour
    uint256 internal constant MIN_SLEW = 0.05e18 / YEAR;
    /// @dev the most assets of one deposit, so that no book overflows
    uint256 internal constant MOST_ASSETS = type(uint112).max;
    uint256 internal constant MAX_INDEX = type(uint112).max;
    /// @dev below a thousandth of an asset per share supply is closed for ever
    uint256 internal constant MIN_PRICE = RAY / 1000;

    /// @notice `index · (1 + rate · elapsed)`, rounded up: what debtors owe and the ceiling at which lenders enter.
    function grownUp(uint256 index, uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        return index + ceilDiv(index * (rate * elapsed), WAD);
    }

    /// @notice `index · (1 + rate · elapsed)`, rounded down: the most a checkpoint lifts a price to.
    function grownDown(uint256 index, uint256 rate, uint256 elapsed) internal pure returns (uint256) {
        return index + index * (rate * elapsed) / WAD;
    }

    /// @notice Units of the asset that `amount` shares or scaled debt are worth at `index`.
    function worthDown(uint256 amount, uint256 index) internal pure returns (uint256) {
        return amount * index / RAY;
    }

    function worthUp(uint256 amount, uint256 index) internal pure returns (uint256) {
        return ceilDiv(amount * index, RAY);
    }

    /// @notice Shares or scaled debt that `assets` come to at `index`. Zero index: zero.
    function unitsDown(uint256 assets, uint256 index) internal pure returns (uint256) {
        return index == 0 ? 0 : assets * RAY / index;
    }

    function unitsUp(uint256 assets, uint256 index) internal pure returns (uint256) {
        return ceilDiv(assets * RAY, index);
    }

    /// @notice The rate after `elapsed` seconds on its way to `target`, moving at most `max(rate, 5 % APR)` an hour either way.
    function slewed(uint256 rate, uint256 target, uint256 elapsed) internal pure returns (uint256) {
        if (target > MAX_RATE) target = MAX_RATE;
        uint256 step = (rate > MIN_SLEW ? rate : MIN_SLEW) * elapsed / 1 hours;
        if (target > rate) return target - rate > step ? rate + step : target;
        return rate - target > step ? rate - step : target;
    }

    /// @notice `D / (D + max(0, cash))` in wad, rounded down; 0 when nothing is owed.
    function utilisation(uint256 owed, int256 cash) internal pure returns (uint256) {
        if (owed == 0) return 0;
        return cash <= 0 ? WAD : owed * WAD / (owed + uint256(cash));
    }

    /// @notice What repaying `assets` of `debt` (scaled) takes: at most all of it; the scaled part it settles is rounded down.
    function clamp(uint256 assets, uint256 debt, uint256 index) internal pure returns (uint256 repaid, uint256 scaled) {
        uint256 owed = worthUp(debt, index);
        return assets >= owed ? (owed, debt) : (assets, unitsDown(assets, index));
    }

    function bpsUp(uint256 amount, uint256 bps) internal pure returns (uint256) {
        return ceilDiv(amount * bps, BPS);
    }

    function ceilDiv(uint256 a, uint256 b) internal pure returns (uint256) {
        return a == 0 ? 0 : (a - 1) / b + 1;
    }
}
