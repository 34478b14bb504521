// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../interfaces/IMarketErrors.sol";
import { ITillFactory, Till, TillSalt } from "./Till.sol";

/// @notice Deploys tills at addresses that depend on the market and the till's number alone. Keeps nothing.
contract TillFactory is ITillFactory {
    /// @inheritdoc ITillFactory
    bytes32 public immutable tillCodeHash = keccak256(type(Till).creationCode);
    /// @inheritdoc ITillFactory
    address public transient opening;

    /// @dev A larger number would reach into the market's half of the salt, and one market could open the tills of another.
    uint256 private constant MOST = type(uint96).max;

    event TillOpened(address indexed market, uint256 indexed till, address account);

    /// @inheritdoc ITillFactory
    function open(address market, uint256 j) external returns (address till) {
        if (j > MOST) revert IMarketErrors.UnknownTill(MOST, j);
        bytes32 salt = TillSalt.compute(market, j);
        till = address(uint160(uint256(keccak256(abi.encodePacked(bytes1(0xff), address(this), salt, tillCodeHash)))));
        if (till.code.length != 0) return till;
        opening = market;
        new Till{ salt: salt }();
        opening = address(0);
        emit TillOpened(market, j, till);
    }
}
