// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice What happened in a market (besides the events of ERC-20 and ERC-4626).
interface IMarketEvents {
    event CollateralSupplied(address indexed owner, uint256 index, uint256 amount);
    event CollateralWithdrawn(address indexed owner, uint256 indexed index, address receiver, uint256 amount);
    event Borrowed(address indexed owner, address receiver, uint256 assets, uint256 scaled);
    event Repaid(address indexed owner, address payer, uint256 assets, uint256 scaled);
    /// @param index the collateral that was named; a close-out took all of them
    event Liquidated(
        address indexed owner,
        address indexed liquidator,
        uint256 index,
        uint256 repaid,
        uint256 seized,
        uint256 badDebt
    );
    /// @notice Bad debt, and who bore it: reserve, cover, lenders (a lower price), or donated tokens. Base units of the asset.
    event BadDebtRealised(
        address indexed owner,
        uint256 loss,
        uint256 fromReserve,
        uint256 fromCover,
        uint256 fromLenders,
        uint256 fromDonations
    );
    /// @notice A flash loan that paid a fee; a free one leaves the two transfers of its token only.
    event FlashLoaned(address indexed receiver, uint256 amount, uint256 fee);
    /// @param price assets per share, ray. @param index borrow index, ray. @param rate per second, wad.
    event Checkpointed(
        uint256 price, uint256 index, uint256 rate, uint256 reserve, address payee, uint256 rewardShares
    );
    event OperatorSet(address indexed owner, address indexed operator, uint256 scope, uint256 expiry);
    event PauseSet(uint256 until);
    event TillOpened(uint256 indexed till, address account);
    event Rebalanced(address indexed token, uint256 from, uint256 to, uint256 amount);
}
