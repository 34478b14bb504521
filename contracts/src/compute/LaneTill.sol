// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface ILaneTillOwner {
    /// @notice The token of the till that is being deployed in this call.
    function openingToken() external view returns (address token);
}

/// @notice Holds the tokens of one lane and lets the contract that deployed it move them. It has no other power and no owner.
contract LaneTill {
    address public immutable escrow = msg.sender;
    address public immutable token = ILaneTillOwner(msg.sender).openingToken();

    constructor() {
        _approve();
    }

    /// @notice Renews the allowance, for tokens that count even an unlimited one down. Open to anyone.
    function refresh() external {
        _approve();
    }

    function _approve() private {
        if (_tryApprove(type(uint256).max)) return;
        // Some tokens want zero between two allowances.
        _tryApprove(0);
        _tryApprove(type(uint256).max);
    }

    function _tryApprove(uint256 amount) private returns (bool ok) {
        bytes memory answer;
        (ok, answer) = token.call(abi.encodeCall(IERC20.approve, (escrow, amount)));
        return ok && (answer.length == 0 || (answer.length == 32 && bytes32(answer) == bytes32(uint256(1))));
    }
}
