// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ClassLock, IBond, Stake } from "../interfaces/IBond.sol";
import { Lane } from "../interfaces/ILanes.sol";
import { Lanes } from "./Lanes.sol";

/// @title What a node has to lose: see `IBond`
contract Bond is IBond, Lanes {
    uint256 private constant MOST = type(uint104).max;
    uint256 private constant LEAST_UNBONDING = 21 days;
    uint256 private constant MOST_UNBONDING = 365 days;

    /// @inheritdoc IBond
    address public immutable token;
    /// @inheritdoc IBond
    address public immutable court;
    /// @inheritdoc IBond
    uint256 public immutable unbonding;

    mapping(address node => Stake) private _stakes;
    mapping(address node => mapping(bytes32 class => ClassLock)) private _locks;

    constructor(address token_, address court_, uint256 unbonding_) {
        if (token_ == address(0)) revert ZeroAddress();
        if (unbonding_ < LEAST_UNBONDING) revert UnbondingTooShort(LEAST_UNBONDING, unbonding_);
        if (unbonding_ > MOST_UNBONDING) revert UnbondingTooLong(MOST_UNBONDING, unbonding_);
        (token, court, unbonding) = (token_, court_, unbonding_);
    }

    /// @inheritdoc IBond
    function stake(address node, uint256 amount) external locked {
        if (node == address(0)) revert ZeroAddress();
        if (amount == 0) revert ZeroAmount();
        uint256 room = MOST - _stakes[node].staked;
        if (amount > room) revert AmountTooLarge(room, amount);
        _stakes[node].staked += uint104(amount);
        _pull(_laneOf(node), msg.sender, amount);
        emit Staked(node, msg.sender, amount);
    }

    /// @inheritdoc IBond
    function unstake(uint256 amount, address to) external locked {
        _requireFree(amount);
        _stakes[msg.sender].staked -= uint104(amount);
        _send(_laneOf(msg.sender), to, amount);
        emit Unstaked(msg.sender, to, amount);
    }

    /// @inheritdoc IBond
    function lock(bytes32 class, uint256 amount) external locked {
        _requireFree(amount);
        _stakes[msg.sender].locked += uint104(amount);
        _locks[msg.sender][class].amount += uint104(amount);
        emit Locked(msg.sender, class, amount);
    }

    /// @inheritdoc IBond
    function startUnlock(bytes32 class, uint256 amount) external locked {
        if (amount == 0) revert ZeroAmount();
        ClassLock storage l = _locks[msg.sender][class];
        if (amount > l.amount) revert InsufficientLock(amount, l.amount);
        l.amount -= uint104(amount);
        l.leaving += uint104(amount);
        l.leavesAt = uint48(block.timestamp + unbonding);
        emit UnlockStarted(msg.sender, class, l.leaving, l.leavesAt);
    }

    /// @inheritdoc IBond
    function finishUnlock(address node, bytes32 class) external locked {
        ClassLock storage l = _locks[node][class];
        uint104 leaving = l.leaving;
        if (leaving == 0) revert NothingLeaving(node, class);
        if (block.timestamp < l.leavesAt) revert TooEarly(l.leavesAt, block.timestamp);
        (l.leaving, l.leavesAt) = (0, 0);
        _stakes[node].locked -= leaving;
        emit Unlocked(node, class, leaving);
    }

    /// @inheritdoc IBond
    function slash(address node, bytes32 class, uint256 amount, address to, bytes32 reason)
        external
        locked
        returns (uint256 taken)
    {
        if (msg.sender != court) revert NotCourt(court, msg.sender);
        if (to == address(0)) revert ZeroAddress();
        ClassLock storage l = _locks[node][class];
        uint256 fromLock = amount < l.amount ? amount : l.amount;
        uint256 fromLeaving = amount - fromLock < l.leaving ? amount - fromLock : l.leaving;
        taken = fromLock + fromLeaving;
        l.amount -= uint104(fromLock);
        l.leaving -= uint104(fromLeaving);
        _stakes[node].locked -= uint104(taken);
        _stakes[node].staked -= uint104(taken);
        // A beneficiary that the token refuses must not save the node.
        _refund(_laneOf(node), to, taken);
        emit Slashed(node, class, taken, to, reason);
    }

    /// @inheritdoc IBond
    function lockedOf(address node, bytes32 class) external view returns (uint256) {
        return _locks[node][class].amount;
    }

    /// @inheritdoc IBond
    function stakeOf(address node) external view returns (Stake memory) {
        return _stakes[node];
    }

    /// @inheritdoc IBond
    function lockOf(address node, bytes32 class) external view returns (ClassLock memory) {
        return _locks[node][class];
    }

    function _requireFree(uint256 amount) private view {
        if (amount == 0) revert ZeroAmount();
        Stake memory s = _stakes[msg.sender];
        if (amount > s.staked - s.locked) revert InsufficientStake(amount, s.staked - s.locked);
    }

    function _laneOf(address node) private view returns (Lane memory) {
        return Lane(node, token, 0);
    }
}
