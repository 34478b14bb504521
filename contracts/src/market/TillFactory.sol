// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ITillFactory, Till, TillSalt } from "./Till.sol";

/// @notice Deploys tills at addresses that depend on the market and the till's number alone. Keeps nothing.
contract TillFactory is ITillFactory {
    /// @inheritdoc ITillFactory
    bytes32 public immutable tillCodeHash = keccak256(type(Till).creationCode);
    /// @inheritdoc ITillFactory
    address public transient opening;

    event TillOpened(address indexed market, uint256 indexed till, address account);

    /// @inheritdoc ITillFactory
    function open(address market, uint256 j) external returns (address till) {
        bytes32 salt = TillSalt.compute(market, j);
        till = address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, tillCodeHash)))));
        if (till.code.length != 0) return till;
        opening = market;
        new Till{ salt: salt }();
        opening = address(0);
        emit TillOpened(market, j, till);
    }
}
