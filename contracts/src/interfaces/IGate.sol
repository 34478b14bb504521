// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What a gate may restrict. Exits (withdraw, repay, withdraw collateral) are not in the list: a market never
/// asks a gate about them.
enum Action {
    Supply,
    Hold,
    Borrow,
    Liquidate
}

/// @title Who may enter a market
interface IGate {
    /// @notice Whether `account` may take part in `action`.
    /// @dev A market must treat a revert as a refusal.
    /// @param account the account that would end up with the position (for `Liquidate`: the liquidator)
    /// @param action what it wants to do; `Hold` is receiving shares by a transfer
    function allows(address account, Action action) external view returns (bool);
}
