// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IRateModel } from "../interfaces/IRateModel.sol";
import { MAX_APR, WAD, toPerSecondDown } from "./Apr.sol";

/// @title Two straight lines that meet at the kink
/// @notice `base + slope1 * u / kink` up to the kink; above it `base + slope1 + slope2 * (u - kink) / (1 - kink)`.
/// So the rate is `base` at 0, `base + slope1` at the kink and `base + slope1 + slope2` when all is lent. No state.
contract KinkRate is IRateModel {
    /// @notice Rate at zero utilisation, wad per year.
    uint256 public immutable base;
    /// @notice What is added on the way to the kink, wad per year.
    uint256 public immutable slope1;
    /// @notice Utilisation at which the second line begins, wad.
    uint256 public immutable kink;
    /// @notice What is added on the way from the kink to full utilisation, wad per year.
    uint256 public immutable slope2;

    /// @notice The kink lies strictly between 0 and 1e18.
    error KinkOutOfRange(uint256 expectedBelow, uint256 actual);
    /// @notice `base`, `slope1` and `slope2` are each, and together, at most `MAX_APR`.
    error RateTooHigh(uint256 expectedAtMost, uint256 actual);

    constructor(uint256 base_, uint256 slope1_, uint256 kink_, uint256 slope2_) {
        if (kink_ == 0 || kink_ >= WAD) revert KinkOutOfRange(WAD, kink_);
        if (base_ > MAX_APR) revert RateTooHigh(MAX_APR, base_);
        if (slope1_ > MAX_APR) revert RateTooHigh(MAX_APR, slope1_);
        if (slope2_ > MAX_APR) revert RateTooHigh(MAX_APR, slope2_);
        uint256 top = base_ + slope1_ + slope2_;
        if (top > MAX_APR) revert RateTooHigh(MAX_APR, top);
        (base, slope1, kink, slope2) = (base_, slope1_, kink_, slope2_);
    }

    /// @inheritdoc IRateModel
    function nextRate(uint256 utilisation, uint256, uint256) external view returns (uint256) {
        uint256 u = utilisation < WAD ? utilisation : WAD;
        if (u <= kink) return toPerSecondDown(base + slope1 * u / kink);
        return toPerSecondDown(base + slope1 + slope2 * (u - kink) / (WAD - kink));
    }
}
