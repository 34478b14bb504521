// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { LaneTill } from "../../src/compute/LaneTill.sol";
import { ChannelKey } from "../../src/interfaces/IChannels.sol";
import { ILanes, Lane } from "../../src/interfaces/ILanes.sol";
import { BlocklistToken } from "../tokens/BlocklistToken.sol";
import { CountdownToken } from "../tokens/CountdownToken.sol";
import { FeeToken } from "../tokens/FeeToken.sol";
import { NoReturnToken } from "../tokens/NoReturnToken.sol";
import { ReturnFalseToken } from "../tokens/ReturnFalseToken.sol";
import { ComputeFixture } from "./ComputeFixture.sol";
import { PermitToken } from "./PermitToken.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

interface IMintable is IERC20 {
    function mint(address to, uint256 amount) external;
}

/// @title Tills, credits, and tokens that behave in their own way
contract LanesTest is ComputeFixture {
    function testFuzz_theAddressIsKnownBefore(address owner, address anyToken, uint256 number) public {
        Lane memory lane = Lane(owner, anyToken, number);
        address till = channels.tillOf(lane);
        assertEq(till.code.length, 0);
        vm.expectEmit(address(channels));
        emit ILanes.TillOpened(owner, anyToken, number, till);
        assertEq(channels.openTill(lane), till);
        assertGt(till.code.length, 0);
        assertEq(LaneTill(till).escrow(), address(channels));
        assertEq(channels.openTill(lane), till, "nothing if it is there");
        assertEq(channels.creditOf(owner, lane), 0);
    }

    /// @notice Lanes differ in payee, token and number, and contracts do not share tills.
    function test_noTwoLanesShareATill() public view {
        Lane memory lane = Lane(payee, address(token), 1);
        address till = channels.tillOf(lane);
        lane.number = 2;
        assertNotEq(uint160(till), uint160(channels.tillOf(lane)));
        lane = Lane(payer, address(token), 1);
        assertNotEq(uint160(till), uint160(channels.tillOf(lane)));
        lane = Lane(payee, address(this), 1);
        assertNotEq(uint160(till), uint160(channels.tillOf(lane)));
        lane = Lane(payee, address(token), 1);
        assertNotEq(uint160(till), uint160(jobs.tillOf(lane)));
    }

    function testFuzz_collect(uint256 total, bool opensFirst, bool byAnyone) public {
        total = bound(total, 1, 100 * USD);
        ChannelKey memory key = _key(1);
        Lane memory lane = _laneOf(key);
        if (opensFirst) channels.openTill(lane);
        _open(key, 100 * USD);
        channels.redeem(_signed(key, total));
        vm.prank(byAnyone ? otherPayer : payee);
        assertEq(channels.collect(payee, lane), total);
        assertEq(token.balanceOf(payee), 1_000_000 * USD + total, CMP_07);
        assertEq(channels.creditOf(payee, lane), 0);
        vm.expectRevert(abi.encodeWithSelector(ILanes.NothingToCollect.selector, payee));
        channels.collect(payee, lane);
        vm.expectRevert(abi.encodeWithSelector(ILanes.NothingToCollect.selector, otherPayer));
        channels.collect(otherPayer, lane);
    }

    function test_collectToIsTheHoldersOnly() public {
        ChannelKey memory key = _key(1);
        _open(key, 100 * USD);
        channels.redeem(_signed(key, 60 * USD));
        Lane memory lane = _laneOf(key);
        vm.prank(otherPayer);
        vm.expectRevert(abi.encodeWithSelector(ILanes.NothingToCollect.selector, otherPayer));
        channels.collectTo(lane, otherPayer);
        vm.startPrank(payee);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadReceiver.selector, address(0)));
        channels.collectTo(lane, address(0));
        address till = channels.tillOf(lane);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadReceiver.selector, till));
        channels.collectTo(lane, till);
        channels.collectTo(lane, otherPayee);
        vm.stopPrank();
        assertEq(token.balanceOf(otherPayee), 1_000_060 * USD, CMP_13);
    }

    function test_multicallPassesErrorsOn() public {
        bytes[] memory calls = new bytes[](2);
        calls[0] = abi.encodeCall(channels.open, (_key(1), 5));
        calls[1] = abi.encodeCall(channels.open, (_key(1), 5));
        vm.prank(payer);
        vm.expectPartialRevert(bytes4(keccak256("ChannelExists(bytes32)")));
        channels.multicall(calls);
        calls[1] = abi.encodeCall(channels.topUp, (_key(1), 7));
        vm.prank(payer);
        channels.multicall(calls);
        assertEq(_channel(_key(1)).deposit, 12);
    }

    /// @notice A permit that is no permit, at an address that is no token, changes nothing and stops nothing.
    function testFuzz_usePermit(address anywhere, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        public
    {
        vm.assume(anywhere != address(vm));
        vm.prank(payer);
        channels.usePermit(anywhere, value, deadline, v, r, s);
        PermitToken permit = new PermitToken();
        vm.prank(payer);
        channels.usePermit(address(permit), value, deadline, v, r, s);
        assertEq(permit.allowance(payer, address(channels)), 0, CMP_13);
    }

    /// @notice Credits of several channels in a lane add up, and each lane is collected apart.
    function testFuzz_creditsAddUp(uint256[6] memory totals) public {
        uint256[2] memory expected;
        for (uint256 k; k < 6; ++k) {
            ChannelKey memory key = _key((k << 16) | (k & 1));
            uint256 total = bound(totals[k], 1, 50 * USD);
            _open(key, 50 * USD);
            channels.redeem(_signed(key, total));
            expected[k & 1] += total;
        }
        for (uint256 lane; lane < 2; ++lane) {
            assertEq(channels.creditOf(payee, Lane(payee, address(token), lane)), expected[lane], CMP_01);
            assertEq(channels.collect(payee, Lane(payee, address(token), lane)), expected[lane], CMP_01);
        }
        assertEq(token.balanceOf(payee), 1_000_000 * USD + expected[0] + expected[1], CMP_07);
    }

    // ------------------------------------------------------------------------------------------ tokens

    function test_aFeeOnTransferIsRefused() public {
        ChannelKey memory key = _keyIn(address(new FeeToken(100)), 1000);
        vm.prank(payer);
        vm.expectRevert(abi.encodeWithSelector(ILanes.TokenMisbehaved.selector, key.token, 1000, 990));
        channels.open(key, 1000);
    }

    function test_aTokenThatReturnsFalseIsNoMoney() public {
        ReturnFalseToken falsy = new ReturnFalseToken();
        ChannelKey memory key = _keyIn(address(falsy), 1000);
        vm.prank(payer);
        vm.expectRevert(bytes4(keccak256("TransferFromFailed()")));
        channels.open(key, 1001);
        _roundTrip(key);
    }

    function test_noTokenAtAllIsRefused() public {
        ChannelKey memory key = ChannelKey(payer, payee, makeAddr("no code"), 1);
        vm.prank(payer);
        vm.expectRevert(bytes4(keccak256("TransferFromFailed()")));
        channels.open(key, 1);
    }

    function test_aTokenThatReturnsNothingWorks() public {
        _roundTrip(_keyIn(address(new NoReturnToken()), 1000));
    }

    /// @notice One that counts even an unlimited allowance down never runs out in practice; should it, the till renews it.
    function test_aTokenThatCountsAllowancesDownWorks() public {
        CountdownToken down = new CountdownToken();
        ChannelKey memory key = _keyIn(address(down), 1000);
        address till = channels.openTill(_laneOf(key));
        vm.prank(till);
        down.approve(address(channels), 10);
        _roundTrip(key);
    }

    /// @notice A refund that the token refuses becomes a credit: the channel closes, and the payer takes it elsewhere.
    function test_aBlockedPayerLosesNothing() public {
        BlocklistToken listed = new BlocklistToken();
        ChannelKey memory key = _keyIn(address(listed), 1000);
        _open(key, 1000);
        channels.redeem(_signed(key, 300));
        listed.setBlocked(payer, true);
        vm.expectEmit(address(channels));
        emit ILanes.RefundKept(payer, payee, key.token, uint16(key.salt), 700);
        _close(key, payee);
        channels.collect(payee, _laneOf(key));
        vm.prank(payer);
        channels.collectTo(_laneOf(key), otherPayer);
        assertEq(listed.balanceOf(otherPayer), 700, CMP_04);
        assertEq(listed.balanceOf(payee), 300, CMP_04);
    }

    function test_aBlockedPayeeCollectsElsewhere() public {
        BlocklistToken listed = new BlocklistToken();
        ChannelKey memory key = _keyIn(address(listed), 1000);
        _open(key, 1000);
        channels.redeem(_signed(key, 300));
        listed.setBlocked(payee, true);
        vm.expectRevert(bytes4(keccak256("TransferFromFailed()")));
        channels.collect(payee, _laneOf(key));
        vm.prank(payee);
        channels.collectTo(_laneOf(key), otherPayee);
        assertEq(listed.balanceOf(otherPayee), 300, CMP_04);
    }

    function _keyIn(address erc20, uint256 amount) private returns (ChannelKey memory) {
        IMintable(erc20).mint(payer, amount);
        vm.startPrank(payer);
        (bool ok,) = erc20.call(abi.encodeCall(IERC20.approve, (address(channels), type(uint256).max)));
        vm.stopPrank();
        assertTrue(ok);
        return ChannelKey(payer, payee, erc20, 77);
    }

    /// @dev Opens with 1,000, pays 400, gives 600 back.
    function _roundTrip(ChannelKey memory key) private {
        _open(key, 1000);
        channels.redeem(_signed(key, 400));
        channels.collect(payee, _laneOf(key));
        _close(key, payee);
        assertEq(IERC20(key.token).balanceOf(payee), 400, CMP_07);
        assertEq(IERC20(key.token).balanceOf(payer), 600, CMP_07);
    }
}
