// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Anchor, IReceipts } from "../interfaces/IReceipts.sol";
import { Signatures } from "./Signatures.sol";
import { MerkleProofLib } from "solady/utils/MerkleProofLib.sol";

/// @title Roots of receipts: see `IReceipts`
contract Receipts is IReceipts, Signatures {
    bytes32 private constant ANCHOR_TYPEHASH =
        keccak256("Anchor(address node,uint256 epoch,bytes32 root,uint256 count)");

    uint256 public constant EPOCH_SECONDS = 1 hours;

    mapping(address node => mapping(uint256 epoch => Anchor)) private _anchors;

    /// @inheritdoc IReceipts
    function anchor(uint256 epoch, bytes32 root, uint256 count) external {
        _anchor(msg.sender, epoch, root, count);
    }

    /// @inheritdoc IReceipts
    function anchorBySig(address node, uint256 epoch, bytes32 root, uint256 count, bytes calldata signature) external {
        bytes32 terms = keccak256(abi.encode(ANCHOR_TYPEHASH, node, epoch, root, count));
        if (!_isSigned(node, terms, signature)) revert BadSignature(node);
        _anchor(node, epoch, root, count);
    }

    /// @inheritdoc IReceipts
    function anchorOf(address node, uint256 epoch) external view returns (Anchor memory) {
        return _anchors[node][epoch];
    }

    /// @inheritdoc IReceipts
    function includes(address node, uint256 epoch, bytes32 receipt, bytes32[] calldata proof)
        external
        view
        returns (bool)
    {
        bytes32 root = _anchors[node][epoch].root;
        return root != 0 && MerkleProofLib.verifyCalldata(proof, root, keccak256(abi.encode(receipt)));
    }

    /// @inheritdoc IReceipts
    function currentEpoch() public view returns (uint256) {
        return block.timestamp / EPOCH_SECONDS;
    }

    function _anchor(address node, uint256 epoch, bytes32 root, uint256 count) private {
        if (epoch >= currentEpoch()) {
            uint256 over = epoch < type(uint256).max / EPOCH_SECONDS ? (epoch + 1) * EPOCH_SECONDS : type(uint256).max;
            revert EpochNotOver(over, block.timestamp);
        }
        if (root == 0) revert EmptyRoot();
        if (count > type(uint128).max) revert AmountTooLarge(type(uint128).max, count);
        if (_anchors[node][epoch].root != 0) revert AlreadyAnchored(node, epoch);
        _anchors[node][epoch] = Anchor(root, uint64(block.number), uint64(block.timestamp), uint128(count));
        emit ReceiptsAnchored(node, epoch, root, count);
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Millrace Receipts", "1");
    }
}
