// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Called on the caller of an operation that was given `data`: the books are written, the money is pulled right afterwards.
/// @dev The market may be used inside a callback; whatever is unpaid when it returns reverts everything.
interface ISupplyCallback {
    function onSupply(uint256 assets, bytes calldata data) external;
}

interface ISupplyCollateralCallback {
    function onSupplyCollateral(uint256 index, uint256 amount, bytes calldata data) external;
}

interface IRepayCallback {
    function onRepay(uint256 assets, bytes calldata data) external;
}

/// @notice The seized collateral has already arrived when this is called.
interface ILiquidateCallback {
    function onLiquidate(uint256 repaid, uint256 seized, bytes calldata data) external;
}
