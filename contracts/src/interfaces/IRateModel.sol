// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Interest as a function of utilisation
/// @notice Rates are simple interest per second as a wad: 10 % a year is `0.1e18 / 31_536_000`.
interface IRateModel {
    /// @notice The rate from now until the next checkpoint.
    /// @dev A market calls this at a checkpoint only, with bounded gas in try/catch, and limits the step itself. A model
    /// may keep state per caller. Implementations never revert, whatever the input, and cap what they return.
    /// @param utilisation debt over debt plus cash, wad, 0 to 1e18; anything above counts as 1e18
    /// @param rate the rate of the period that ends now, per second, wad
    /// @param elapsed seconds since the last call for this market
    /// @return rate per second, wad, rounded down
    function nextRate(uint256 utilisation, uint256 rate, uint256 elapsed) external returns (uint256);
}
