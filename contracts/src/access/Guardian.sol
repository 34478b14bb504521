// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IGuardian, IPausable } from "../interfaces/IGuardian.sol";
import { LibBit } from "solady/utils/LibBit.sol";

/// @title One pauses, all lift
/// @dev The set is written in the constructor and never again.
contract Guardian is IGuardian {
    uint256 private constant MAX_GUARDIANS = 255;
    uint256 private constant LONGEST_PAUSE = 3 days;

    /// @inheritdoc IGuardian
    uint256 public immutable guardianCount;
    /// @inheritdoc IGuardian
    uint256 public immutable pauseDuration;

    /// @dev One bit per guardian; 0 for everybody else.
    mapping(address guardian => uint256 bit) private _bitOf;
    /// @dev Bits of the guardians who agreed to lift the present pause.
    mapping(address market => uint256 bits) private _approvals;

    modifier onlyGuardian() {
        if (!isGuardian(msg.sender)) revert NotGuardian(msg.sender);
        _;
    }

    /// @param guardians in strictly ascending order
    /// @param pauseDuration_ seconds; at most the 3 days that a market allows
    constructor(address[] memory guardians, uint256 pauseDuration_) {
        uint256 count = guardians.length;
        if (count == 0 || count > MAX_GUARDIANS) revert GuardianCount(MAX_GUARDIANS, count);
        if (pauseDuration_ == 0 || pauseDuration_ > LONGEST_PAUSE) revert PauseDuration(LONGEST_PAUSE, pauseDuration_);
        address previous;
        for (uint256 i; i < count; ++i) {
            if (guardians[i] <= previous) revert GuardiansNotAscending(previous, guardians[i]);
            previous = guardians[i];
            _bitOf[previous] = 1 << i;
        }
        guardianCount = count;
        pauseDuration = pauseDuration_;
    }

    /// @inheritdoc IGuardian
    function isGuardian(address account) public view returns (bool) {
        return _bitOf[account] != 0;
    }

    /// @inheritdoc IGuardian
    function approvals(address market) public view returns (uint256) {
        return LibBit.popCount(_approvals[market]);
    }

    /// @inheritdoc IGuardian
    function pause(address market) external onlyGuardian {
        delete _approvals[market];
        IPausable(market).pause(pauseDuration);
        emit MarketPaused(market, msg.sender, pauseDuration);
    }

    /// @inheritdoc IGuardian
    function unpause(address market) external onlyGuardian {
        _approvals[market] |= _bitOf[msg.sender];
        uint256 missing = guardianCount - approvals(market);
        emit UnpauseApproved(market, msg.sender, missing);
        if (missing != 0) return;

        delete _approvals[market];
        IPausable(market).unpause();
        emit MarketUnpaused(market);
    }
}
