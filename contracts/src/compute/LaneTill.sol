// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Holds the tokens of one lane and lets the contract that deployed it move them. It has no other power, no owner and no
/// storage; each till is a minimal proxy (ERC-1167) of one that holds nothing.
contract LaneTill {
    address public immutable escrow = msg.sender;

    /// @notice Gives or renews the allowance of the contract that moves the tokens. Open to anyone, for any token: what does
    /// not belong in this till, that contract never moves.
    function refresh(address token) external {
        if (_tryApprove(token, type(uint256).max)) return;
        // Some tokens want zero between two allowances.
        _tryApprove(token, 0);
        _tryApprove(token, type(uint256).max);
    }

    function _tryApprove(address token, uint256 amount) private returns (bool ok) {
        bytes memory answer;
        (ok, answer) = token.call(abi.encodeCall(IERC20.approve, (escrow, amount)));
        return ok && (answer.length == 0 || (answer.length == 32 && bytes32(answer) == bytes32(uint256(1))));
    }
}
