// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Base } from "../Base.sol";

/// @title Signs what a market accepts by signature
abstract contract SignMarket is Base {
    function _operatorDigest(
        IMarket market,
        address owner,
        address operator,
        uint256 scope,
        uint256 expiry,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes32) {
        bytes32 kind = keccak256(
            "Operator(address owner,address operator,uint256 scope,uint256 expiry,uint256 nonce,uint256 deadline)"
        );
        bytes32 terms = keccak256(abi.encode(kind, owner, operator, scope, expiry, nonce, deadline));
        return keccak256(abi.encodePacked(hex"1901", market.DOMAIN_SEPARATOR(), terms));
    }

    function _signOperator(
        IMarket market,
        uint256 key,
        address owner,
        address operator,
        uint256 scope,
        uint256 expiry,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) =
            vm.sign(key, _operatorDigest(market, owner, operator, scope, expiry, nonce, deadline));
        return abi.encodePacked(r, s, v);
    }

    function _signPermit(
        IMarket market,
        uint256 key,
        address owner,
        address spender,
        uint256 value,
        uint256 nonce,
        uint256 deadline
    ) internal view returns (uint8 v, bytes32 r, bytes32 s) {
        bytes32 kind = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 terms = keccak256(abi.encode(kind, owner, spender, value, nonce, deadline));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", market.DOMAIN_SEPARATOR(), terms)));
    }
}
