// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MarketState, Scope } from "./MarketState.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SignatureCheckerLib } from "solady/utils/SignatureCheckerLib.sol";

/// @notice Operators with scope and expiry, and signatures (EIP-712; contracts sign by EIP-1271).
abstract contract Permissions is MarketState {
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    bytes32 private constant OPERATOR_TYPEHASH = keccak256(
        "Operator(address owner,address operator,uint256 scope,uint256 expiry,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");

    function DOMAIN_SEPARATOR() public view returns (bytes32) {
        return
            keccak256(
                abi.encode(DOMAIN_TYPEHASH, keccak256(bytes(title)), keccak256("1"), block.chainid, address(this))
            );
    }

    function operatorOf(address owner, address operator) external view returns (uint256 scope, uint256 expiry) {
        uint256 grant = grants[owner][operator];
        return (uint8(grant), grant >> 8);
    }

    function setOperator(address operator, uint256 scope, uint256 expiry) external {
        _setOperator(msg.sender, operator, scope, expiry);
    }

    function setOperatorBySig(
        address owner,
        address operator,
        uint256 scope,
        uint256 expiry,
        uint256 deadline,
        bytes calldata signature
    ) external {
        bytes32 terms = keccak256(
            abi.encode(OPERATOR_TYPEHASH, owner, operator, scope, expiry, nonceOf[owner]++, deadline)
        );
        _requireSigned(owner, terms, deadline, signature);
        _setOperator(owner, operator, scope, expiry);
    }

    /// @dev ERC-2612, also for contracts that sign by EIP-1271.
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        bytes32 terms = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, nonceOf[owner]++, deadline));
        _requireSigned(owner, terms, deadline, abi.encodePacked(r, s, v));
        allowance[owner][spender] = value;
        emit IERC20.Approval(owner, spender, value);
    }

    function _setOperator(address owner, address operator, uint256 scope, uint256 expiry) private {
        if (scope > Scope.ALL) revert BadConfig("scope", scope);
        if (expiry > type(uint64).max) revert BadConfig("expiry", expiry);
        grants[owner][operator] = scope == 0 ? 0 : scope | (expiry << 8);
        emit OperatorSet(owner, operator, scope, expiry);
    }

    function _requireSigned(address owner, bytes32 terms, uint256 deadline, bytes memory signature) private view {
        if (block.timestamp > deadline) revert SignatureExpired(deadline);
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", DOMAIN_SEPARATOR(), terms));
        if (owner == address(0) || !SignatureCheckerLib.isValidSignatureNow(owner, digest, signature)) {
            revert BadSignature(owner);
        }
    }
}
