// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ILanes } from "./ILanes.sol";

/// @notice All that a node has staked, and how much of it is locked for some class of jobs or on its way out.
struct Stake {
    uint104 staked;
    uint104 locked;
}

/// @notice What is locked for one class of jobs. What is leaving can still be slashed until it has left.
struct ClassLock {
    uint104 amount;
    uint104 leaving;
    uint48 leavesAt;
}

/// @title What a node has to lose
/// @notice A node stakes one token, and locks parts of its stake for classes of jobs (`class` is any word that requesters and
/// nodes agree on). A locked part leaves `unbonding` seconds after the node asks, never less than 21 days: longer than a job
/// may run and be reviewed, so what was bonded for a job can be slashed for it. What is not locked backs nothing and leaves at
/// once.
///
/// The one power: `court`, fixed at deployment, may take any part of what is locked or leaving and send it anywhere. If it is
/// zero, nobody ever can. It can take nothing that is not locked. A node should lock only where it trusts the court's code.
interface IBond is ILanes {
    event Staked(address indexed node, address indexed from, uint256 amount);
    event Unstaked(address indexed node, address to, uint256 amount);
    event Locked(address indexed node, bytes32 indexed class, uint256 amount);
    event UnlockStarted(address indexed node, bytes32 indexed class, uint256 leaving, uint256 leavesAt);
    event Unlocked(address indexed node, bytes32 indexed class, uint256 amount);
    event Slashed(address indexed node, bytes32 indexed class, uint256 amount, address to, bytes32 reason);

    /// @notice What is free is too little.
    error InsufficientStake(uint256 needed, uint256 free);
    error InsufficientLock(uint256 needed, uint256 locked);
    error NotCourt(address court, address caller);
    error NothingLeaving(address node, bytes32 class);
    error TooEarly(uint256 from, uint256 time);
    error UnbondingTooShort(uint256 least, uint256 unbonding);
    error UnbondingTooLong(uint256 most, uint256 unbonding);

    /// @notice Adds to the stake of `node` from the caller's tokens. Open to anyone; it is the node's from then on.
    function stake(address node, uint256 amount) external;

    /// @notice Sends the caller's free stake to `to`.
    function unstake(uint256 amount, address to) external;

    /// @notice Locks a part of the caller's free stake for a class of jobs.
    function lock(bytes32 class, uint256 amount) external;

    /// @notice Starts to unlock. If something of this class is leaving already, all of it waits anew.
    function startUnlock(bytes32 class, uint256 amount) external;

    /// @notice Frees what has waited long enough. Open to anyone.
    function finishUnlock(address node, bytes32 class) external;

    /// @notice The court takes up to `amount` of what is locked or leaving, what is leaving last, and sends it to `to`.
    /// @return taken may be less than asked for, also zero
    function slash(address node, bytes32 class, uint256 amount, address to, bytes32 reason)
        external
        returns (uint256 taken);

    /// @notice What stands for a class of jobs, without what is leaving.
    function lockedOf(address node, bytes32 class) external view returns (uint256);
    function stakeOf(address node) external view returns (Stake memory);
    function lockOf(address node, bytes32 class) external view returns (ClassLock memory);
    function token() external view returns (address);
    function court() external view returns (address);
    /// @notice Seconds between `startUnlock` and `finishUnlock`.
    function unbonding() external view returns (uint256);
}
