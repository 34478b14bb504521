// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Receipts } from "../../src/compute/Receipts.sol";
import { Anchor, IReceipts } from "../../src/interfaces/IReceipts.sol";
import { ComputeFixture } from "./ComputeFixture.sol";
import { Wallet } from "./Wallet.sol";

/// @title Roots by node and epoch
contract ReceiptsTest is ComputeFixture {
    Receipts private receipts;
    uint256 private epoch;

    function setUp() public override {
        super.setUp();
        receipts = new Receipts();
        epoch = receipts.currentEpoch() - 1;
    }

    function testFuzz_anchorOnce(uint256 e, bytes32 root, uint128 count, bytes32 other) public {
        e = bound(e, 0, epoch);
        vm.assume(root != 0 && other != 0);
        vm.startPrank(payee);
        receipts.anchor(e, root, count);
        vm.expectRevert(abi.encodeWithSelector(IReceipts.AlreadyAnchored.selector, payee, e));
        receipts.anchor(e, other, count);
        vm.stopPrank();
        Anchor memory a = receipts.anchorOf(payee, e);
        assertEq(a.root, root, CMP_11);
        assertEq(a.count, count);
        assertEq(a.blockNumber, block.number);
        assertEq(a.time, block.timestamp);
        assertEq(receipts.anchorOf(payer, e).root, 0);
    }

    function test_anchorRefuses() public {
        uint256 end = (epoch + 2) * 1 hours;
        vm.expectRevert(abi.encodeWithSelector(IReceipts.EpochNotOver.selector, end, block.timestamp));
        receipts.anchor(epoch + 1, "root", 1);
        vm.expectRevert(abi.encodeWithSelector(IReceipts.EpochNotOver.selector, type(uint256).max, block.timestamp));
        receipts.anchor(type(uint256).max, "root", 1);
        vm.expectRevert(IReceipts.EmptyRoot.selector);
        receipts.anchor(epoch, 0, 1);
        uint256 most = type(uint128).max;
        vm.expectRevert(abi.encodeWithSelector(IReceipts.AmountTooLarge.selector, most, most + 1));
        receipts.anchor(epoch, "root", most + 1);
        vm.warp(end - 1);
        vm.expectPartialRevert(IReceipts.EpochNotOver.selector);
        receipts.anchor(epoch + 1, "root", 1);
        vm.warp(end);
        receipts.anchor(epoch + 1, "root", 1);
    }

    function test_bySignature() public {
        bytes memory signature = _sign(payeeKey, _anchorDigest(payee, epoch, "root", 7));
        vm.expectRevert(abi.encodeWithSelector(IReceipts.BadSignature.selector, payee));
        receipts.anchorBySig(payee, epoch, "root", 8, signature);
        vm.expectRevert(abi.encodeWithSelector(IReceipts.BadSignature.selector, payer));
        receipts.anchorBySig(payer, epoch, "root", 7, signature);
        receipts.anchorBySig(payee, epoch, "root", 7, signature);
        vm.expectRevert(abi.encodeWithSelector(IReceipts.AlreadyAnchored.selector, payee, epoch));
        receipts.anchorBySig(payee, epoch, "root", 7, signature);
        Wallet wallet = new Wallet();
        wallet.agree(_anchorDigest(address(wallet), epoch, "root", 7));
        receipts.anchorBySig(address(wallet), epoch, "root", 7, "");
        assertEq(receipts.anchorOf(address(wallet), epoch).root, "root");
    }

    /// @notice Every receipt of a small tree is found, no other one is, and an inner node does not pass for a receipt.
    function testFuzz_includes(bytes32[4] memory receipt, bytes32 stranger) public {
        bytes32[4] memory leaf;
        for (uint256 k; k < 4; ++k) {
            leaf[k] = keccak256(abi.encode(receipt[k]));
            vm.assume(receipt[k] != stranger);
        }
        (bytes32 left, bytes32 right) = (_pair(leaf[0], leaf[1]), _pair(leaf[2], leaf[3]));
        vm.prank(payee);
        receipts.anchor(epoch, _pair(left, right), 4);
        bytes32[] memory proof = new bytes32[](2);
        for (uint256 k; k < 4; ++k) {
            (proof[0], proof[1]) = (leaf[k ^ 1], k < 2 ? right : left);
            assertTrue(receipts.includes(payee, epoch, receipt[k], proof));
            assertFalse(receipts.includes(payee, epoch, stranger, proof));
            assertFalse(receipts.includes(payer, epoch, receipt[k], proof));
        }
        bytes32[] memory shorter = new bytes32[](1);
        shorter[0] = right;
        assertFalse(receipts.includes(payee, epoch, left, shorter), "an inner node is no receipt");
        assertFalse(receipts.includes(payee, epoch - 1, 0, new bytes32[](0)), "no root includes nothing");
    }

    function _pair(bytes32 a, bytes32 b) private pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }

    function _anchorDigest(address node, uint256 e, bytes32 root, uint256 count) private view returns (bytes32) {
        bytes32 kind = keccak256("Anchor(address node,uint256 epoch,bytes32 root,uint256 count)");
        return _digest("Millrace Receipts", address(receipts), keccak256(abi.encode(kind, node, e, root, count)));
    }
}
