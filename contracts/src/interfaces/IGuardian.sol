// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a market lets its guardian do
/// @notice A pause stops new supply and new borrowing, ends by itself and never stops exits or liquidation.
interface IPausable {
    /// @notice Stops new supply and borrowing for `duration` seconds.
    /// @dev Only the market's immutable guardian. The market enforces a longest pause of 3 days, and a cooldown of 3
    /// days after a pause has ended.
    function pause(uint256 duration) external;

    /// @notice Ends a pause early. Only the market's immutable guardian.
    function unpause() external;
}

/// @title A fixed set of people who may pause markets
/// @notice One is enough to pause, because that lowers risk; all together are needed to end a pause early, because that
/// raises it. A pause they cannot agree to lift ends by itself. The set holds no power over funds.
interface IGuardian {
    /// @notice `guardian` paused `market` for `duration` seconds.
    event MarketPaused(address indexed market, address indexed guardian, uint256 duration);
    /// @notice `guardian` agreed to lift the pause of `market`; `missing` others have not yet.
    event UnpauseApproved(address indexed market, address indexed guardian, uint256 missing);
    /// @notice The pause of `market` was lifted by all guardians.
    event MarketUnpaused(address indexed market);

    /// @notice The caller is not in the set.
    error NotGuardian(address caller);
    /// @notice The set must have between 1 and `expected` members.
    error GuardianCount(uint256 expected, uint256 actual);
    /// @notice Guardians are given in strictly ascending order and none is zero.
    error GuardiansNotAscending(address previous, address next);
    /// @notice The length of a pause must be between 1 second and `expected` seconds.
    error PauseDuration(uint256 expected, uint256 actual);

    /// @notice Whether `account` is in the set.
    function isGuardian(address account) external view returns (bool);

    /// @notice How many guardians there are.
    function guardianCount() external view returns (uint256);

    /// @notice Seconds that `pause` stops a market for. One fixed length, so that nobody can burn the market's cooldown
    /// with a pause of one second.
    function pauseDuration() external view returns (uint256);

    /// @notice How many guardians have agreed to lift the present pause of `market`.
    function approvals(address market) external view returns (uint256);

    /// @notice Pauses `market` for `pauseDuration`, and forgets agreements to lift an earlier pause.
    /// @dev Any guardian. Reverts when the market refuses (cooldown, or its guardian is another contract).
    function pause(address market) external;

    /// @notice Agrees to lift the pause of `market`; the last guardian to agree lifts it.
    /// @dev Any guardian; agreeing twice counts once.
    function unpause(address market) external;
}
