// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRateModel } from "../interfaces/IRateModel.sol";
import { MAX_APR, WAD, toPerSecondDown } from "./Apr.sol";
import { FixedPointMathLib } from "solady/utils/FixedPointMathLib.sol";

/// @title A curve that finds its own level
/// @notice Nobody knows the right rate in advance, so the level of the curve moves until utilisation is near its target.
///
/// With utilisation `u`, target `T = 90 %` and steepness `C = 4`:
///
/// * error `e = (u - T) / (1 - T)` above the target and `(u - T) / T` below it, so -1 at 0, 0 at T, 1 at full use;
/// * level `L' = clamp(L * exp(speed * e * elapsed), min, max)`: above the target it rises, below it falls, and the
///   further away the faster; at `speed = 50` a year and full use it doubles in five days;
/// * rate `L' * (1 + (C - 1) * e)` above the target and `L' * (1 + (1 - 1/C) * e)` below: a quarter of the level at 0, the
///   level itself at T, four times the level at full use.
///
/// Source of the idea: the adaptive curve interest rate model of Morpho Labs. Written anew for this repository. It
/// differs: the rate is that at the end of the period instead of the period's mean (a market holds it until its
/// next checkpoint), and one sample of utilisation counts for at most `MAX_ELAPSED`.
/// @dev One slot per market, keyed by the caller and written at its checkpoint only, so two markets never conflict.
contract AdaptiveRate is IRateModel {
    /// @notice Utilisation at which the level stays, wad.
    uint256 public constant TARGET = 0.9e18;

    /// @notice How many times the level the rate is at full use, and the level the rate at none.
    uint256 public constant STEEPNESS = 4;

    /// @notice Longest time one sample of utilisation stands for: who fills a forgotten market for a moment must not move
    /// its level by more than a day's worth.
    uint256 public constant MAX_ELAPSED = 1 days;

    /// @notice Highest speed a model may be given, wad per year.
    uint256 public constant MAX_SPEED = 1_000e18;

    /// @notice Level of a market that has not called before, wad per year.
    uint256 public immutable initialLevel;
    /// @notice Lowest level, wad per year.
    uint256 public immutable minLevel;
    /// @notice Highest level, wad per year.
    uint256 public immutable maxLevel;
    /// @notice Growth of the logarithm of the level per year at full use, wad; 50e18 is usual.
    uint256 public immutable speed;

    mapping(address market => uint256 level) private _levels;

    /// @notice The level of `market` is now `level` (wad per year).
    event LevelMoved(address indexed market, uint256 level);

    /// @notice `0 < min <= initial <= max`.
    error LevelOutOfRange(uint256 expectedAtLeast, uint256 expectedAtMost, uint256 actual);
    /// @notice The highest level times the steepness is at most `MAX_APR`.
    error RateTooHigh(uint256 expectedAtMost, uint256 actual);
    /// @notice The speed is at most `MAX_SPEED`.
    error SpeedTooHigh(uint256 expectedAtMost, uint256 actual);

    constructor(uint256 initialLevel_, uint256 minLevel_, uint256 maxLevel_, uint256 speed_) {
        if (minLevel_ == 0 || initialLevel_ < minLevel_ || initialLevel_ > maxLevel_) {
            revert LevelOutOfRange(minLevel_, maxLevel_, initialLevel_);
        }
        if (maxLevel_ > MAX_APR / STEEPNESS) revert RateTooHigh(MAX_APR / STEEPNESS, maxLevel_);
        if (speed_ > MAX_SPEED) revert SpeedTooHigh(MAX_SPEED, speed_);
        (initialLevel, minLevel, maxLevel, speed) = (initialLevel_, minLevel_, maxLevel_, speed_);
    }

    /// @notice The level of `market`, its rate at the target, wad per year.
    function levelOf(address market) public view returns (uint256) {
        uint256 level = _levels[market];
        return level == 0 ? initialLevel : level;
    }

    /// @inheritdoc IRateModel
    function nextRate(uint256 utilisation, uint256, uint256 elapsed) external returns (uint256) {
        int256 e = _error(utilisation < WAD ? utilisation : WAD);
        uint256 level = _movedLevel(levelOf(msg.sender), e, elapsed < MAX_ELAPSED ? elapsed : MAX_ELAPSED);
        _levels[msg.sender] = level;
        emit LevelMoved(msg.sender, level);
        return toPerSecondDown(_curve(level, e));
    }

    /// @dev From -1e18 to 1e18.
    function _error(uint256 u) private pure returns (int256) {
        return (int256(u) - int256(TARGET)) * int256(WAD) / int256(u > TARGET ? WAD - TARGET : TARGET);
    }

    /// @dev The exponent is within ±`MAX_SPEED * MAX_ELAPSED / year` = ±2.74e18 and the level at most 2.5e18, so
    /// nothing overflows.
    function _movedLevel(uint256 level, int256 e, uint256 elapsed) private view returns (uint256) {
        int256 exponent = int256(toPerSecondDown(speed) * elapsed) * e / int256(WAD);
        uint256 moved = level * uint256(FixedPointMathLib.expWad(exponent)) / WAD;
        return FixedPointMathLib.clamp(moved, minLevel, maxLevel);
    }

    /// @dev Rounded down. The factor is from 1/4 to 4.
    function _curve(uint256 level, int256 e) private pure returns (uint256) {
        int256 slope = e < 0 ? int256(WAD - WAD / STEEPNESS) : int256((STEEPNESS - 1) * WAD);
        return level * uint256(int256(WAD) + slope * e / int256(WAD)) / WAD;
    }
}
