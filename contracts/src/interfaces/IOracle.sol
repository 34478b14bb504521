// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Price of one collateral in one loan asset, as a bid and an ask
/// @notice A price is that of one base unit of collateral in base units of the loan asset, scaled by 1e36:
/// `value = amount * price / 1e36`. It is multiplied, never inverted, so no precision is lost at either end.
interface IOracle {
    /// @notice The lowest and the highest credible price.
    /// @dev Answers within 500,000 gas: a market gives no more. Never reverts by intention, but may when the caller
    /// forwards too little gas: who can starve one source would otherwise choose which source counts. Treat a revert
    /// as `(0, 0)`.
    /// @return bid what collateral is worth when it backs a loan, rounded down; 0: not fit for new borrowing
    /// (stale, far apart, zero)
    /// @return ask what collateral is worth when it is liquidated and seized; 0: no live source at all, so
    /// nothing may be liquidated. `bid <= ask`
    function quote() external view returns (uint256 bid, uint256 ask);
}

/// @title An oracle that accepts signed prices from calldata
interface IPullOracle is IOracle {
    /// @notice Verifies signed prices and keeps them for the rest of this transaction only.
    /// @dev Open to anyone. Writes transient storage (EIP-1153) and no slot, so two users who bring prices never
    /// conflict on a parallel EVM. Reverts when a signature, a time or the encoding is wrong.
    /// @param data see the implementation for the encoding
    function submit(bytes calldata data) external;
}
