// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface ITillOwner {
    /// @notice The loan asset, then the collaterals.
    function tillTokens() external view returns (address[] memory);
}

interface ITillFactory {
    function tillCodeHash() external view returns (bytes32);
    /// @notice The market whose till is being deployed in this call.
    function opening() external view returns (address market);
    /// @notice Deploys till `j` of `market`; open to anyone, nothing if it is there. The address is known before.
    function open(address market, uint256 j) external returns (address till);
}

library TillSalt {
    function compute(address market, uint256 j) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(market)) << 96 | j);
    }
}

/// @notice Holds tokens for one stripe of one market and lets that market move them. It has no other power and no owner.
contract Till {
    address public immutable market = ITillFactory(msg.sender).opening();

    constructor() {
        _approve();
    }

    /// @notice Renews the market's allowances, for tokens that count even an unlimited allowance down. Open to anyone.
    function refresh() external {
        _approve();
    }

    /// @dev One token that refuses must not keep the others in.
    function _approve() private {
        address[] memory tokens = ITillOwner(market).tillTokens();
        for (uint256 i; i < tokens.length; ++i) {
            if (!_tryApprove(tokens[i], type(uint256).max) && _tryApprove(tokens[i], 0)) {
                _tryApprove(tokens[i], type(uint256).max);
            }
        }
    }

    function _tryApprove(address token, uint256 amount) private returns (bool ok) {
        bytes memory answer;
        (ok, answer) = token.call(abi.encodeCall(IERC20.approve, (market, amount)));
        return ok && (answer.length == 0 || (answer.length == 32 && bytes32(answer) == bytes32(uint256(1))));
    }
}
