// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev No price is above this, so that `amount * price / 1e36` stays below 2^201 for any 128-bit amount.
uint256 constant MAX_PRICE = type(uint192).max;

/// @dev No source is set up such that a price inside its bounds could be below this: at least six digits remain.
uint256 constant MIN_PRICE = 1e6;

/// @title From decimals to the 1e36 convention of `IOracle`
library PriceScale {
    /// @notice A power of ten outside 10^0 to 10^77: the price would need a division, or would not fit in a word.
    error ScaleOutOfRange(uint256 plus, uint256 minus);

    /// @notice What to multiply `base / quote` with: 10^(36 + loan + quote - collateral - base).
    /// @dev One whole collateral (10^collateral units) is worth `base / 10^base` over `quote / 10^quote` whole loan
    /// assets (10^loan units), and the price carries 1e36.
    /// @param loan decimals of the loan asset
    /// @param collateral decimals of the collateral
    /// @param base decimals of the price of the collateral
    /// @param quote decimals of the price of the loan asset in the same unit; 0 with a price of 1 if there is none
    function toFactor(uint8 loan, uint8 collateral, uint8 base, uint8 quote) internal pure returns (uint256) {
        uint256 plus = 36 + uint256(loan) + quote;
        uint256 minus = uint256(collateral) + base;
        if (plus < minus || plus - minus > 77) revert ScaleOutOfRange(plus, minus);
        return 10 ** (plus - minus);
    }
}
