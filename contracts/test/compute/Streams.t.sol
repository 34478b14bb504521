// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ChannelKey, IChannels, Stream, Voucher } from "../../src/interfaces/IChannels.sol";
import { ILanes } from "../../src/interfaces/ILanes.sol";
import { ComputeFixture } from "./ComputeFixture.sol";

/// @title Reserved capacity, by the second
contract StreamsTest is ComputeFixture {
    uint256 private constant RATE = 2 * USD;

    function testFuzz_paysTheSignedSecondsThatHavePassed(
        uint256 total,
        uint256 rate,
        uint256 since,
        uint256 length,
        uint256 wait
    ) public {
        ChannelKey memory key = _key(1);
        _open(key, 100_000 * USD);
        total = bound(total, 0, 1000 * USD);
        rate = bound(rate, 0, 10 * USD);
        since = bound(since, block.timestamp - 1 days, block.timestamp + 1 days);
        uint256 until = since + bound(length, 0, 1 days);
        Stream memory s = _streamOf(key, total, rate, since, until);
        skip(bound(wait, 0, 3 days));
        uint256 end = block.timestamp < until ? block.timestamp : until;
        uint256 owed = total + (end > since ? rate * (end - since) : 0);
        if (owed > 100_000 * USD) owed = 100_000 * USD;
        if (owed == 0) {
            vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, 0, 0));
            channels.redeemStream(s);
        } else {
            assertEq(channels.redeemStream(s), owed, CMP_06);
            assertEq(_credit(payee, key), owed, CMP_06);
        }
    }

    /// @notice Redeemed second by second or at the end: the same.
    function testFuzz_oftenOrOnce(uint256[6] memory waits) public {
        ChannelKey memory key = _key(2);
        _open(key, 500_000 * USD);
        Stream memory s = _streamOf(key, 0, RATE, block.timestamp, block.timestamp + 1 days);
        uint256 start = block.timestamp;
        for (uint256 k; k < waits.length; ++k) {
            skip(bound(waits[k], 1, 8 hours));
            uint256 passed = block.timestamp - start < 1 days ? block.timestamp - start : 1 days;
            if (passed * RATE > _channel(key).paid) channels.redeemStream(s);
            assertEq(_channel(key).paid, passed * RATE, CMP_06);
        }
    }

    function test_nothingBeforeItStartsOrAfterItEnds() public {
        ChannelKey memory key = _key(3);
        _open(key, 1000 * USD);
        Stream memory s = _streamOf(key, 0, RATE, block.timestamp + 10, block.timestamp + 20);
        for (uint256 k; k <= 10; ++k) {
            vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, 0, 0));
            channels.redeemStream(s);
            skip(1);
        }
        assertEq(channels.redeemStream(s), RATE, CMP_06);
        skip(100 days);
        assertEq(channels.redeemStream(s), 9 * RATE, CMP_06);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, 10 * RATE, 10 * RATE));
        channels.redeemStream(s);
    }

    function test_signsEveryWord() public {
        ChannelKey memory key = _key(4);
        _open(key, 1000 * USD);
        skip(100);
        uint256 now_ = block.timestamp;
        for (uint256 word; word < 6; ++word) {
            Stream memory s = _streamOf(key, 1, RATE, now_ - 10, now_ + 10);
            if (word == 0) s.total++;
            if (word == 1) s.rate++;
            if (word == 2) s.since--;
            if (word == 3) s.until++;
            if (word == 4) s.receiptsRoot = 0;
            if (word == 5) s.key.salt++;
            vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
            channels.redeemStream(s);
        }
    }

    /// @notice A stream is no voucher and a voucher no stream, though both share their first words.
    function test_oneKindIsNotTheOther() public {
        ChannelKey memory key = _key(5);
        _open(key, 1000 * USD);
        Stream memory s = _streamOf(key, 5 * USD, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        channels.redeem(_asVoucher(s));
        s.signature = _signed(key, 5 * USD).signature;
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadSignature.selector, payer));
        channels.redeemStream(s);
    }

    /// @notice Numbers beyond all deposits pay the deposit and overflow nowhere.
    function testFuzz_hugeNumbers(uint256 total, uint256 rate, uint256 since, uint256 until) public {
        ChannelKey memory key = _key(6);
        _open(key, 10 * USD);
        Stream memory s = _streamOf(key, total, rate, since, until);
        try channels.redeemStream(s) returns (uint256 amount) {
            assertLe(amount, 10 * USD, CMP_03);
        } catch (bytes memory reason) {
            assertEq(bytes32(bytes4(reason)), bytes32(IChannels.NothingDue.selector));
        }
    }

    /// @notice The payer reserved an hour and closes at once: the channel stays open until the hour and a window have passed.
    function test_closingTakesNoSignedSecondBack() public {
        ChannelKey memory key = _key(7);
        _open(key, 500_000 * USD);
        uint256 until = block.timestamp + 2 days;
        Stream memory s = _streamOf(key, 0, RATE, block.timestamp, until);
        _close(key, payer);
        skip(1 hours);
        vm.expectEmit(address(channels));
        emit IChannels.ChannelClosing(_id(key), until + WINDOW);
        assertEq(channels.redeemStream(s), 3600 * RATE);
        skip(WINDOW);
        vm.expectPartialRevert(IChannels.TooEarly.selector);
        channels.finalise(key);
        skip(2 days);
        channels.redeemStream(s);
        assertEq(_credit(payee, key), 2 days * RATE, CMP_05);
        channels.finalise(key);
        assertEq(token.balanceOf(payer), 1_000_000 * USD - 2 days * RATE, CMP_07);
    }

    /// @notice It can be registered in its first second, before anything is due.
    function test_holdsOpenBeforeAnythingIsDue() public {
        ChannelKey memory key = _key(8);
        _open(key, 1000 * USD);
        Stream memory s = _streamOf(key, 0, RATE, block.timestamp + 1 days, block.timestamp + 2 days);
        _close(key, payer);
        assertEq(channels.redeemStream(s), 0);
        assertEq(_channel(key).closesAt, block.timestamp + 2 days + WINDOW, CMP_05);
        vm.expectRevert(abi.encodeWithSelector(IChannels.NothingDue.selector, 0, 0));
        channels.redeemStream(s);
    }

    /// @notice A slip of the payer's hand does not lock the deposit for a century.
    function test_holdsOpenThirtyDaysAtMost() public {
        ChannelKey memory key = _key(9);
        _open(key, 1000 * USD);
        uint256 most = block.timestamp + 30 days;
        _close(key, payer);
        vm.expectRevert(abi.encodeWithSelector(IChannels.StreamTooFar.selector, most, most + 1));
        channels.redeemStream(_streamOf(key, 1, 1, block.timestamp, most + 1));
        channels.redeemStream(_streamOf(key, 1, 1, block.timestamp, most));
        assertEq(_channel(key).closesAt, most + WINDOW, CMP_04);
    }

    function _asVoucher(Stream memory s) private pure returns (Voucher memory v) {
        (v.key, v.total, v.receiptsRoot, v.signature) = (s.key, s.total, s.receiptsRoot, s.signature);
    }
}
