// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev Seconds of the year that annual rates are divided by.
uint256 constant YEAR_SECONDS = 365 days;

/// @dev No model answers with more than 1,000 % a year (wad).
uint256 constant MAX_APR = 10e18;

/// @dev Full utilisation, and one, as a wad.
uint256 constant WAD = 1e18;

/// @notice A wad per second out of a wad per year, rounded down.
function toPerSecondDown(uint256 apr) pure returns (uint256) {
    return apr / YEAR_SECONDS;
}
