// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Route } from "../../src/interfaces/IMarketTypes.sol";

/// @title Calldata of the market's overloaded functions, which `abi.encodeCall` cannot tell apart
library Calls {
    function withdraw(uint256 assets, address receiver, address owner) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("withdraw(uint256,address,address)", assets, receiver, owner);
    }

    function withdraw(uint256 assets, address receiver, address owner, Route route)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSignature("withdraw(uint256,address,address,uint256)", assets, receiver, owner, route);
    }

    function redeem(uint256 shares, address receiver, address owner) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("redeem(uint256,address,address)", shares, receiver, owner);
    }

    function supplyCollateral(uint256 i, uint256 amount, address owner, Route route, bytes memory data)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSignature(
            "supplyCollateral(uint256,uint256,address,uint256,bytes)", i, amount, owner, route, data
        );
    }

    function supplyCollateral(uint256 i, uint256 amount) internal pure returns (bytes memory) {
        return abi.encodeWithSignature("supplyCollateral(uint256,uint256)", i, amount);
    }

    function flashLoan(address receiver, address token, uint256 amount, Route route)
        internal
        pure
        returns (bytes memory)
    {
        return abi.encodeWithSignature(
            "flashLoan(address,address,uint256,bytes,uint256)", receiver, token, amount, "", route
        );
    }
}
