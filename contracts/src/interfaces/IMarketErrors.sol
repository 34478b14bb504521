// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Every way a market says no. Arguments: what was needed, then what was there.
interface IMarketErrors {
    /// @notice A parameter of the market's configuration is out of range.
    error BadConfig(bytes32 field, uint256 value);
    error ZeroAmount();
    error ZeroAddress();
    /// @notice The amount is too small to be worth one base unit of what it should buy.
    error AmountTooSmall(uint256 assets);
    /// @notice The amount does not fit the books (128 bits).
    error AmountTooLarge(uint256 most, uint256 amount);
    error UnknownCollateral(uint256 count, uint256 index);
    error UnknownTill(uint256 count, uint256 till);
    error UnsupportedToken(address expected, address token);
    error Paused(uint256 until);
    /// @notice The price of a share fell so low that supply is closed for ever.
    error SupplyClosed(uint256 leastPrice, uint256 price);
    error GateRefused(address account, uint256 action);
    error NotAuthorised(address owner, address caller, uint256 scope);
    error NotGuardian(address guardian, address caller);
    error PauseTooLong(uint256 most, uint256 duration);
    error PauseCoolingDown(uint256 until);
    error InsufficientShares(uint256 needed, uint256 balance);
    error InsufficientAllowance(uint256 needed, uint256 allowance);
    error InsufficientCollateral(uint256 needed, uint256 held);
    /// @notice The tills together hold less than was asked for.
    error TillsDry(address token, uint256 needed, uint256 available);
    /// @notice The token moved another amount than it was told to: a fee on transfer, or a balance that rebases.
    error TokenMisbehaved(address token, uint256 expected, uint256 received);
    error CapExceeded(uint256 index, uint256 most, uint256 held);
    error DebtTooSmall(uint256 least, uint256 debt);
    error NoDebt(address owner);
    /// @notice The borrowing power of the collateral does not carry the debt.
    error Unhealthy(uint256 debt, uint256 capacity);
    /// @notice The price of a collateral is stale, zero or in dispute.
    error PriceUnavailable(uint256 index, address oracle);
    error Healthy(uint256 debt, uint256 capacity);
    /// @notice Seizing this collateral would lower the position's health; seize another.
    error WouldWorsen(uint256 index);
    /// @notice The collateral no longer carries the debt: only taking all of it, for `needed`, is allowed.
    error CloseOutOnly(uint256 needed, uint256 offered);
    /// @notice A new kind of collateral is added to a position only by its owner or the owner's operator.
    error NewCollateralKind(uint256 index, address owner, address caller);
    error Reentered();
    error BadCallback(address receiver);
    error BadSignature(address owner);
    error SignatureExpired(uint256 deadline);
    /// @notice Rebalancing moves tokens from a fuller till to an emptier one only.
    error NothingToRebalance(uint256 from, uint256 to);
    /// @notice Too little gas was sent to call the rate model fairly.
    error InsufficientGas(uint256 needed, uint256 left);
}
