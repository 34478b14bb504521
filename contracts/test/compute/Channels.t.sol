// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Channels } from "../../src/compute/Channels.sol";
import { Channel, ChannelKey, IChannels, Voucher } from "../../src/interfaces/IChannels.sol";
import { ILanes } from "../../src/interfaces/ILanes.sol";
import { ComputeFixture } from "./ComputeFixture.sol";

/// @title Opening, paying, topping up, closing
contract ChannelsTest is ComputeFixture {
    uint256 private constant MOST = type(uint104).max;

    function testFuzz_open(uint256 salt, uint256 deposit) public {
        deposit = bound(deposit, 1, token.balanceOf(payer));
        ChannelKey memory key = _key(salt);
        uint256 had = token.balanceOf(payer);
        vm.expectEmit(address(channels));
        emit IChannels.ChannelOpened(_id(key), payer, payee, address(token), salt, deposit);
        bytes32 id = _open(key, deposit);
        assertEq(id, channels.channelId(key));
        assertEq(_channel(key).deposit, deposit);
        assertEq(_channel(key).paid, 0);
        assertEq(_channel(key).closesAt, 0);
        assertEq(token.balanceOf(payer), had - deposit, CMP_07);
        assertEq(token.balanceOf(channels.tillOf(_laneOf(key))), deposit, CMP_01);
    }

    function test_openRefuses() public {
        ChannelKey memory key = _key(1);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NotParty.selector, payer, payee, otherPayer));
        vm.prank(otherPayer);
        channels.open(key, 1);
        vm.startPrank(payer);
        vm.expectRevert(ILanes.ZeroAmount.selector);
        channels.open(key, 0);
        vm.expectRevert(abi.encodeWithSelector(ILanes.AmountTooLarge.selector, MOST, MOST + 1));
        channels.open(key, MOST + 1);
        vm.expectRevert(ILanes.ZeroAddress.selector);
        channels.open(ChannelKey(payer, address(0), address(token), 1), 1);
        channels.open(key, 1);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelExists.selector, _id(key)));
        channels.open(key, 1);
        vm.stopPrank();
    }

    function test_theWindowHasBounds() public {
        for (uint256 window = 1 hours; window <= 7 days; window += 7 days - 1 hours) {
            assertEq(new Channels(window).challengeWindow(), window);
        }
        vm.expectRevert(abi.encodeWithSelector(IChannels.BadWindow.selector, 1 hours, 7 days, 1 hours - 1));
        new Channels(1 hours - 1);
        vm.expectRevert(abi.encodeWithSelector(IChannels.BadWindow.selector, 1 hours, 7 days, 7 days + 1));
        new Channels(7 days + 1);
    }

    /// @notice In whatever order vouchers come, the largest total counts, up to the deposit.
    function testFuzz_vouchersAreCumulative(uint256 deposit, uint256[8] memory totals) public {
        ChannelKey memory key = _key(2);
        deposit = bound(deposit, 1, 1000 * USD);
        _open(key, deposit);
        uint256 paid;
        for (uint256 k; k < totals.length; ++k) {
            uint256 total = k % 3 == 2 ? totals[k] : totals[k] % (2 * deposit);
            uint256 due = total < deposit ? total : deposit;
            Voucher memory voucher = _signed(key, total);
            if (due <= paid) {
                vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, paid, total));
                channels.redeem(voucher);
            } else {
                vm.expectEmit(address(channels));
                emit IChannels.VoucherRedeemed(_id(key), due, voucher.receiptsRoot);
                assertEq(channels.redeem(voucher), due - paid, CMP_02);
                paid = due;
            }
            assertEq(_channel(key).paid, paid, CMP_02);
            assertEq(_credit(payee, key), paid, CMP_02);
            assertLe(paid, deposit, CMP_03);
        }
        assertEq(token.balanceOf(channels.tillOf(_laneOf(key))), deposit, CMP_01);
    }

    function test_redeemRefuses() public {
        ChannelKey memory key = _key(3);
        vm.expectRevert(abi.encodeWithSelector(IChannels.UnknownChannel.selector, _id(key)));
        channels.redeem(_signed(key, 1));
        _open(key, 10 * USD);
        Voucher memory voucher = _voucher(address(channels), payeeKey, key, 1);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        channels.redeem(voucher);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, 0, 0));
        channels.redeem(_signed(key, 0));
        voucher = _signed(key, 1 * USD);
        _close(key, payee);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosed.selector, _id(key)));
        channels.redeem(voucher);
    }

    /// @notice What a voucher says beyond the deposit becomes payable with a top-up.
    function test_topUp() public {
        ChannelKey memory key = _key(4);
        _open(key, 10 * USD);
        Voucher memory voucher = _signed(key, 15 * USD);
        assertEq(channels.redeem(voucher), 10 * USD);
        vm.prank(otherPayer);
        channels.topUp(key, 20 * USD);
        assertEq(channels.redeem(voucher), 5 * USD);
        assertEq(_channel(key).deposit, 30 * USD);
        _close(key, payee);
        assertEq(token.balanceOf(payer), 1_000_000 * USD - 10 * USD + 15 * USD, "the rest goes to the payer");
    }

    function test_topUpRefuses() public {
        ChannelKey memory key = _key(5);
        vm.startPrank(payer);
        vm.expectRevert(abi.encodeWithSelector(IChannels.UnknownChannel.selector, _id(key)));
        channels.topUp(key, 1);
        channels.open(key, 1);
        vm.expectRevert(ILanes.ZeroAmount.selector);
        channels.topUp(key, 0);
        vm.expectRevert(abi.encodeWithSelector(ILanes.AmountTooLarge.selector, MOST - 1, MOST));
        channels.topUp(key, MOST);
        channels.close(key);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosing.selector, block.timestamp + WINDOW));
        channels.topUp(key, 1);
        skip(WINDOW);
        channels.finalise(key);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosed.selector, _id(key)));
        channels.topUp(key, 1);
        vm.stopPrank();
    }

    function testFuzz_closeByThePayerWaits(uint256 wait, uint256 total) public {
        ChannelKey memory key = _key(6);
        _open(key, 100 * USD);
        total = bound(total, 1, 200 * USD);
        wait = bound(wait, 0, 3 * WINDOW);
        uint256 closesAt = block.timestamp + WINDOW;
        vm.expectEmit(address(channels));
        emit IChannels.ChannelClosing(_id(key), closesAt);
        _close(key, payer);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosing.selector, closesAt));
        _close(key, payer);
        skip(wait);
        if (block.timestamp < closesAt) {
            vm.expectRevert(abi.encodeWithSelector(IChannels.TooEarly.selector, closesAt, block.timestamp));
            channels.finalise(key);
        }
        // Until somebody finalises, what was signed pays, even after the window.
        uint256 paid = channels.redeem(_signed(key, total));
        assertEq(paid, total < 100 * USD ? total : 100 * USD, CMP_05);
        if (block.timestamp < closesAt) skip(closesAt - block.timestamp);
        vm.prank(otherPayee);
        channels.finalise(key);
        assertEq(token.balanceOf(payer), 1_000_000 * USD - paid, CMP_07);
        channels.collect(payee, _laneOf(key));
        assertEq(token.balanceOf(payee), 1_000_000 * USD + paid, CMP_07);
        assertEq(token.balanceOf(channels.tillOf(_laneOf(key))), 0, CMP_04);
    }

    function test_closeByThePayeeIsAtOnce() public {
        ChannelKey memory key = _key(7);
        _open(key, 100 * USD);
        channels.redeem(_signed(key, 30 * USD));
        vm.expectEmit(address(channels));
        emit IChannels.ChannelClosed(_id(key), 30 * USD, 70 * USD);
        _close(key, payee);
        assertEq(token.balanceOf(payer), 999_970 * USD);
        Channel memory c = _channel(key);
        assertEq(c.closesAt, type(uint48).max);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosed.selector, _id(key)));
        _close(key, payee);
        vm.expectRevert(abi.encodeWithSelector(IChannels.ChannelIsClosed.selector, _id(key)));
        channels.finalise(key);
    }

    function test_closeRefuses() public {
        ChannelKey memory key = _key(8);
        _open(key, 1);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NotParty.selector, payer, payee, otherPayer));
        _close(key, otherPayer);
        vm.expectRevert(abi.encodeWithSelector(IChannels.TooEarly.selector, block.timestamp + WINDOW, block.timestamp));
        channels.finalise(key);
    }

    function testFuzz_batch(uint256 seed) public {
        uint256 count = 12;
        Voucher[] memory vouchers = new Voucher[](count);
        uint256 expected;
        for (uint256 k; k < count; ++k) {
            uint256 dice = uint256(keccak256(abi.encode(seed, k)));
            ChannelKey memory key =
                ChannelKey(dice & 1 == 0 ? payer : otherPayer, dice & 2 == 0 ? payee : otherPayee, address(token), k);
            uint256 total = bound(dice >> 8, 1, 20 * USD);
            if (dice & 12 != 0) _open(key, 10 * USD);
            vouchers[k] = dice & 112 == 0 ? _voucher(address(channels), payeeKey, key, total) : _signed(key, total);
            bool pays = dice & 12 != 0 && dice & 112 != 0;
            if (pays) expected += total < 10 * USD ? total : 10 * USD;
        }
        if (expected == 0) {
            vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDueInBatch.selector, count));
            channels.redeemBatch(vouchers);
            return;
        }
        assertEq(channels.redeemBatch(vouchers), expected);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDueInBatch.selector, count));
        channels.redeemBatch(vouchers);
    }

    /// @notice What is skipped is said, with the reason; the rest is paid.
    function test_batchSaysWhatItSkips() public {
        ChannelKey memory key = _key(9);
        _open(key, 10 * USD);
        ChannelKey memory closed = _key(10);
        _open(closed, 10 * USD);
        Voucher[] memory v = new Voucher[](5);
        v[0] = _signed(_key(11), 1);
        v[1] = _signed(closed, 1);
        v[2] = _voucher(address(channels), payeeKey, key, 2 * USD);
        v[3] = _signed(key, 3 * USD);
        v[4] = _signed(key, 2 * USD);
        _close(closed, payee);
        vm.expectEmit(address(channels));
        emit IChannels.VoucherSkipped(_id(v[0].key), IChannels.UnknownChannel.selector);
        vm.expectEmit(address(channels));
        emit IChannels.VoucherSkipped(_id(closed), IChannels.ChannelIsClosed.selector);
        vm.expectEmit(address(channels));
        emit IChannels.VoucherSkipped(_id(key), ILanes.BadSignature.selector);
        vm.expectEmit(address(channels));
        emit IChannels.VoucherRedeemed(_id(key), 3 * USD, v[3].receiptsRoot);
        vm.expectEmit(address(channels));
        emit IChannels.VoucherSkipped(_id(key), IChannels.NothingDue.selector);
        assertEq(channels.redeemBatch(v), 3 * USD);
    }
}
