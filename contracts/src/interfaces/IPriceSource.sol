// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title One source of a price
/// @notice Same scale as `IOracle`: base units of the loan asset per base unit of collateral, times 1e36.
interface IPriceSource {
    /// @notice The price and whether it may be relied on now.
    /// @dev Any doubt (stale, out of bounds, incomplete, zero) is `live = false`, not a revert; a caller must treat
    /// a revert as `live = false` too.
    /// @return price rounded down; meaningless unless `live`
    /// @return live fresh, complete and inside its bounds
    function read() external view returns (uint256 price, bool live);
}

/// @title A source that accepts signed prices from calldata
interface IPullSource is IPriceSource {
    /// @notice Verifies signed prices and keeps them for the rest of this transaction only. See `IPullOracle.submit`.
    /// @param data see the implementation for the encoding
    function submit(bytes calldata data) external;
}
