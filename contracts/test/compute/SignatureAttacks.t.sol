// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Channels } from "../../src/compute/Channels.sol";
import { JobMarket } from "../../src/compute/JobMarket.sol";
import { ChannelKey, IChannels, Voucher } from "../../src/interfaces/IChannels.sol";
import { Bid, Job, Order } from "../../src/interfaces/IJobMarket.sol";
import { ILanes } from "../../src/interfaces/ILanes.sol";
import { INonces } from "../../src/interfaces/INonces.sol";
import { ComputeFixture } from "./ComputeFixture.sol";
import { Wallet } from "./Wallet.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title What an attacker would try with signatures, by name
contract SignatureAttacksTest is ComputeFixture {
    uint256 private constant ORDER_OF_CURVE = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function test_replay_aVoucherPaysOnce() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        Voucher memory voucher = _signed(key, 40 * USD);
        channels.redeem(voucher);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, 40 * USD, 40 * USD));
        channels.redeem(voucher);
        Voucher[] memory twice = new Voucher[](2);
        (twice[0], twice[1]) = (voucher, voucher);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDueInBatch.selector, 2));
        channels.redeemBatch(twice);
        voucher = _signed(key, 50 * USD);
        (twice[0], twice[1]) = (voucher, voucher);
        assertEq(channels.redeemBatch(twice), 10 * USD, CMP_02);
    }

    /// @notice After closing, the id is spent: opening again would make every old voucher good again.
    function test_replay_afterClosing() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        Voucher memory voucher = _signed(key, 40 * USD);
        channels.redeem(voucher);
        _close(key, payee);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelExists.selector, _id(key)));
        channels.open(key, 100 * USD);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosed.selector, _id(key)));
        channels.redeem(voucher);
    }

    function test_replay_onAnotherChannelOfTheSameParties() public {
        _open(_key(1), 100 * USD);
        _open(_key(2), 100 * USD);
        Voucher memory voucher = _signed(_key(1), 40 * USD);
        voucher.key.salt = 2;
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        channels.redeem(voucher);
    }

    function test_replay_onAnotherChain() public {
        _open(_key(1), 100 * USD);
        Voucher memory voucher = _signed(_key(1), 40 * USD);
        Order memory o = _order(1);
        Bid memory b = _bid(o, 1);
        (bytes memory os, bytes memory bs) = (_signOrder(o), _signBid(b));
        vm.chainId(999);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        channels.redeem(voucher);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        jobs.open(o, os, b, bs);
    }

    function test_replay_atAnotherContract() public {
        Channels twin = new Channels(WINDOW);
        vm.startPrank(payer);
        token.approve(address(twin), type(uint256).max);
        twin.open(_key(1), 100 * USD);
        vm.stopPrank();
        _open(_key(1), 100 * USD);
        Voucher memory voucher = _signed(_key(1), 40 * USD);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        twin.redeem(voucher);
        JobMarket other = new JobMarket(address(0));
        Order memory o = _order(1);
        Bid memory b = _bid(o, 1);
        (bytes memory os, bytes memory bs) = (_signOrder(o), _signBid(b));
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        other.open(o, os, b, bs);
    }

    /// @notice The other root of the curve's equation, and the short form, are the same voucher.
    function test_malleability() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        Voucher memory voucher = _signed(key, 40 * USD);
        (bytes32 r, bytes32 s, uint8 v) = _split(voucher.signature);
        channels.redeem(voucher);
        voucher.signature = abi.encodePacked(r, bytes32(ORDER_OF_CURVE - uint256(s)), v == 27 ? 28 : 27);
        vm.expectPartialRevert(IChannels.NothingDue.selector);
        channels.redeem(voucher);
        voucher.signature = abi.encodePacked(r, bytes32(uint256(s) | (v == 28 ? 1 << 255 : 0)));
        vm.expectPartialRevert(IChannels.NothingDue.selector);
        channels.redeem(voucher);
        assertEq(_credit(payee, key), 40 * USD, CMP_02);
        // An order is spent by its nonce, not by its signature.
        Order memory o = _order(1);
        Bid memory b = _bid(o, 1);
        bytes memory os = _signOrder(o);
        (r, s, v) = _split(os);
        jobs.open(o, os, b, _signBid(b));
        os = abi.encodePacked(r, bytes32(ORDER_OF_CURVE - uint256(s)), v == 27 ? 28 : 27);
        b = _bid(o, 2);
        bytes memory bs = _signBid(b);
        vm.expectRevert(abi.encodeWithSelector(INonces.NonceUsed.selector, payer, 1));
        jobs.open(o, os, b, bs);
    }

    function test_aSignatureOfNobody() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        bytes[4] memory junk = [bytes(""), new bytes(64), new bytes(65), new bytes(1000)];
        for (uint256 k; k < junk.length; ++k) {
            vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
            channels.redeem(Voucher(key, 1, 0, junk[k]));
            key.payer = address(0);
            vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, address(0)));
            channels.redeem(Voucher(key, 1, 0, junk[k]));
            key.payer = payer;
        }
    }

    /// @notice An order and a bid are matched once, whoever sends them.
    function test_nonceReuse() public {
        Order memory o = _order(5);
        Bid memory b = _bid(o, 5);
        (bytes memory os, bytes memory bs) = (_signOrder(o), _signBid(b));
        jobs.open(o, os, b, bs);
        vm.expectRevert(abi.encodeWithSelector(INonces.NonceUsed.selector, payer, 5));
        jobs.open(o, os, b, bs);
        // Two orders with one nonce are an either-or; so are two bids.
        Order memory second = _order(5);
        second.spec = "another";
        b = _bid(second, 6);
        (os, bs) = (_signOrder(second), _signBid(b));
        vm.expectRevert(abi.encodeWithSelector(INonces.NonceUsed.selector, payer, 5));
        jobs.open(second, os, b, bs);
        second = _order(6);
        b = _bid(second, 5);
        (os, bs) = (_signOrder(second), _signBid(b));
        vm.expectRevert(abi.encodeWithSelector(INonces.NonceUsed.selector, payee, 5));
        jobs.open(second, os, b, bs);
    }

    /// @notice A wallet's signature counts while it agrees; the payee who waits takes that risk, and is told so on `IChannels`.
    function test_erc1271_aWalletThatRegrets() public {
        Wallet wallet = new Wallet();
        token.mint(address(wallet), 100 * USD);
        ChannelKey memory key = ChannelKey(address(wallet), payee, address(token), 1);
        wallet.run(address(token), abi.encodeCall(IERC20.approve, (address(channels), 100 * USD)));
        wallet.run(address(channels), abi.encodeCall(channels.open, (key, 100 * USD)));
        wallet.agree(_voucherDigest(address(channels), key, 10 * USD, "root"));
        assertEq(channels.redeem(Voucher(key, 10 * USD, "root", "anything")), 10 * USD);
        wallet.agree(_voucherDigest(address(channels), key, 20 * USD, "root"));
        wallet.regret(_voucherDigest(address(channels), key, 20 * USD, "root"));
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, address(wallet)));
        channels.redeem(Voucher(key, 20 * USD, "root", "anything"));
        assertEq(_credit(payee, key), 10 * USD, CMP_05);
    }

    function test_erc1271_bothSidesOfAJob() public {
        (Wallet requester, Wallet node) = (new Wallet(), new Wallet());
        token.mint(address(requester), 100 * USD);
        requester.run(address(token), abi.encodeCall(IERC20.approve, (address(jobs), 100 * USD)));
        Order memory o = _order(1);
        o.requester = address(requester);
        Bid memory b = _bid(o, 1);
        b.node = address(node);
        requester.agree(_orderDigest(address(jobs), o));
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, address(node)));
        jobs.open(o, "", b, "");
        node.agree(_bidDigest(address(jobs), b));
        (, Job memory job) = jobs.open(o, "", b, "");
        node.run(address(jobs), abi.encodeCall(jobs.submit, (job, "result", "receipt")));
        requester.run(address(jobs), abi.encodeCall(jobs.accept, (job)));
        assertEq(jobs.creditOf(address(node), _laneOf(job)), 7 * USD);
    }

    /// @notice An account with a key and code (EIP-7702) signs by its key, whatever its code says.
    function test_erc7702_theKeyStillSigns() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        vm.etch(payer, address(new Wallet()).code);
        assertEq(channels.redeem(_signed(key, 10 * USD)), 10 * USD);
    }

    function _split(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly ("memory-safe") {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }
}
