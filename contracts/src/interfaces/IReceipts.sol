// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice A root and when it came. @param count how many receipts are below it, as the node says
struct Anchor {
    bytes32 root;
    uint64 blockNumber;
    uint64 time;
    uint128 count;
}

/// @title Roots of receipts
/// @notice A node anchors, once for each epoch of an hour that is over, the Merkle root of the receipts that it gave in it. A
/// root cannot be replaced. Audits are drawn by the randomness of a block after `blockNumber`, which nobody knew when the root
/// was fixed. Nothing is paid and nothing is judged here.
///
/// A leaf is keccak256(keccak256(receipt)), so that no inner node of the tree passes for one; pairs are hashed in ascending
/// order.
interface IReceipts {
    event ReceiptsAnchored(address indexed node, uint256 indexed epoch, bytes32 root, uint256 count);

    error AlreadyAnchored(address node, uint256 epoch);
    error EpochNotOver(uint256 over, uint256 time);
    error EmptyRoot();
    error AmountTooLarge(uint256 most, uint256 amount);
    error BadSignature(address owner);

    /// @notice Fixes the caller's root of an epoch that is over.
    function anchor(uint256 epoch, bytes32 root, uint256 count) external;

    /// @notice The same for a node that signed `Anchor(address node,uint256 epoch,bytes32 root,uint256 count)`, sent by anyone.
    function anchorBySig(address node, uint256 epoch, bytes32 root, uint256 count, bytes calldata signature) external;

    function anchorOf(address node, uint256 epoch) external view returns (Anchor memory);

    /// @notice Whether a receipt is below the root of a node and epoch. @param receipt keccak256 of its bytes
    function includes(address node, uint256 epoch, bytes32 receipt, bytes32[] calldata proof)
        external
        view
        returns (bool);

    /// @notice The epoch that is running: seconds since 1970 / 3600.
    function currentEpoch() external view returns (uint256);
}
