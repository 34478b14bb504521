// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action, IGate } from "../interfaces/IGate.sol";
import { Ownable, Ownable2Step } from "@openzeppelin/contracts/access/Ownable2Step.sol";

/// @title A list of who may do what
/// @notice For markets of known participants. Taking a right away stops new positions only: a market never asks a gate
/// about exits, so the owner of this list can lock nobody in.
/// @dev Rights are a bit per action: bit 0 supply, 1 hold, 2 borrow, 3 liquidate.
contract AllowList is IGate, Ownable2Step {
    uint8 private constant ALL_ACTIONS = 15;

    /// @notice Actions open to everyone, listed or not; for a market that gates borrowing but not liquidation, say.
    uint8 public immutable openActions;

    /// @notice Rights of an account beyond `openActions`.
    mapping(address account => uint8 actions) public actionsOf;

    /// @notice `account` may now do `actions`.
    event ActionsSet(address indexed account, uint8 actions);

    /// @notice Only the four lowest bits mean something.
    error UnknownActions(uint8 expected, uint8 actual);
    /// @notice Both arrays have one element per account.
    error LengthMismatch(uint256 expected, uint256 actual);

    constructor(address owner_, uint8 openActions_) Ownable(owner_) {
        if (openActions_ > ALL_ACTIONS) revert UnknownActions(ALL_ACTIONS, openActions_);
        openActions = openActions_;
    }

    /// @inheritdoc IGate
    function allows(address account, Action action) external view returns (bool) {
        return (openActions | actionsOf[account]) >> uint8(action) & 1 == 1;
    }

    /// @notice Replaces the rights of each account; 0 takes all away. Only the owner.
    function setActions(address[] calldata accounts, uint8[] calldata actions) external onlyOwner {
        if (accounts.length != actions.length) revert LengthMismatch(accounts.length, actions.length);
        for (uint256 i; i < accounts.length; ++i) {
            if (actions[i] > ALL_ACTIONS) revert UnknownActions(ALL_ACTIONS, actions[i]);
            actionsOf[accounts[i]] = actions[i];
            emit ActionsSet(accounts[i], actions[i]);
        }
    }
}
