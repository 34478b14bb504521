// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SafeTransferLib } from "solady/utils/SafeTransferLib.sol";

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

    function _approve() private {
        address[] memory tokens = ITillOwner(market).tillTokens();
        for (uint256 i; i < tokens.length; ++i) {
            SafeTransferLib.safeApproveWithRetry(tokens[i], market, type(uint256).max);
        }
    }
}
