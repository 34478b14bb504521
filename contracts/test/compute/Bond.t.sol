// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Bond } from "../../src/compute/Bond.sol";
import { IBond } from "../../src/interfaces/IBond.sol";
import { ILanes, Lane } from "../../src/interfaces/ILanes.sol";
import { BlocklistToken } from "../tokens/BlocklistToken.sol";
import { ComputeFixture } from "./ComputeFixture.sol";

/// @title Stake, locks, unbonding, and the one power
contract BondTest is ComputeFixture {
    bytes32 private constant CLASS = "integer";
    bytes32 private constant OTHER = "float";

    function test_constructorRefuses() public {
        vm.expectRevert(ILanes.ZeroAddress.selector);
        new Bond(address(0), court, UNBONDING);
        vm.expectRevert(abi.encodeWithSelector(IBond.UnbondingTooShort.selector, 21 days, 21 days - 1));
        new Bond(address(token), court, 21 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IBond.UnbondingTooLong.selector, 365 days, 366 days));
        new Bond(address(token), court, 366 days);
    }

    function testFuzz_stakeAndUnstake(uint256 staked, uint256 locked, uint256 out) public {
        staked = bound(staked, 1, 1_000_000 * USD);
        locked = bound(locked, 1, staked);
        _stake(staked);
        vm.startPrank(payee);
        bond.lock(CLASS, locked);
        out = bound(out, 1, type(uint256).max);
        if (out > staked - locked) {
            vm.expectRevert(abi.encodeWithSelector(IBond.InsufficientStake.selector, out, staked - locked));
            bond.unstake(out, payee);
        } else {
            bond.unstake(out, otherPayee);
            assertEq(token.balanceOf(otherPayee), 1_000_000 * USD + out, CMP_07);
        }
        vm.expectPartialRevert(IBond.InsufficientStake.selector);
        bond.lock(OTHER, staked + 1);
        vm.stopPrank();
    }

    function test_refusals() public {
        vm.expectRevert(ILanes.ZeroAddress.selector);
        bond.stake(address(0), 1);
        vm.expectRevert(ILanes.ZeroAmount.selector);
        bond.stake(payee, 0);
        uint256 most = type(uint104).max;
        vm.expectRevert(abi.encodeWithSelector(ILanes.AmountTooLarge.selector, most, most + 1));
        bond.stake(payee, most + 1);
        vm.startPrank(payee);
        vm.expectRevert(ILanes.ZeroAmount.selector);
        bond.unstake(0, payee);
        vm.expectRevert(ILanes.ZeroAmount.selector);
        bond.startUnlock(CLASS, 0);
        vm.expectRevert(abi.encodeWithSelector(IBond.InsufficientLock.selector, 1, 0));
        bond.startUnlock(CLASS, 1);
        vm.expectRevert(abi.encodeWithSelector(IBond.NothingLeaving.selector, payee, CLASS));
        bond.finishUnlock(payee, CLASS);
        bond.stake(payee, 10);
        vm.expectRevert(abi.encodeWithSelector(ILanes.BadReceiver.selector, address(0)));
        bond.unstake(1, address(0));
        vm.stopPrank();
    }

    function testFuzz_unbondingTakesItsTime(uint256 wait) public {
        wait = bound(wait, 0, 2 * UNBONDING);
        _stakeAndLock(100 * USD);
        vm.startPrank(payee);
        bond.startUnlock(CLASS, 60 * USD);
        uint256 leavesAt = block.timestamp + UNBONDING;
        assertEq(bond.lockedOf(payee, CLASS), 40 * USD);
        skip(wait);
        if (block.timestamp < leavesAt) {
            vm.expectRevert(abi.encodeWithSelector(IBond.TooEarly.selector, leavesAt, block.timestamp));
            bond.finishUnlock(payee, CLASS);
            vm.expectRevert(abi.encodeWithSelector(IBond.InsufficientStake.selector, 1, 0));
            bond.unstake(1, payee);
        } else {
            bond.finishUnlock(payee, CLASS);
            bond.unstake(60 * USD, payee);
            assertEq(token.balanceOf(payee), 1_000_000 * USD - 40 * USD, CMP_04);
        }
        vm.stopPrank();
    }

    /// @notice A second start makes all of it wait anew: nothing leaves sooner than it was asked for.
    function test_aSecondStartWaitsAnew() public {
        _stakeAndLock(100 * USD);
        vm.startPrank(payee);
        bond.startUnlock(CLASS, 1 * USD);
        skip(UNBONDING - 1);
        bond.startUnlock(CLASS, 99 * USD);
        skip(1);
        vm.expectPartialRevert(IBond.TooEarly.selector);
        bond.finishUnlock(payee, CLASS);
        skip(UNBONDING - 1);
        bond.finishUnlock(payee, CLASS);
        bond.unstake(100 * USD, payee);
        vm.stopPrank();
    }

    function testFuzz_theCourtTakesWhatIsLocked(uint256 locked, uint256 leaving, uint256 amount, uint256 wait) public {
        locked = bound(locked, 1, 900 * USD);
        leaving = bound(leaving, 0, locked);
        _stakeAndLock(locked);
        _stake(50 * USD);
        vm.startPrank(payee);
        bond.lock(OTHER, 20 * USD);
        if (leaving != 0) bond.startUnlock(CLASS, leaving);
        vm.stopPrank();
        skip(bound(wait, 0, UNBONDING - 1));
        vm.prank(court);
        uint256 taken = bond.slash(payee, CLASS, amount, otherPayer, "wrong");
        assertEq(taken, amount < locked ? amount : locked, CMP_09);
        assertEq(token.balanceOf(otherPayer), 1_000_000 * USD + taken, CMP_07);
        assertEq(bond.stakeOf(payee).staked, locked + 50 * USD - taken, CMP_09);
        assertEq(bond.stakeOf(payee).locked, locked + 20 * USD - taken, CMP_09);
        assertEq(bond.lockedOf(payee, OTHER), 20 * USD, "another class is not touched");
        // What is left comes out.
        skip(UNBONDING);
        vm.startPrank(payee);
        uint256 left = bond.lockedOf(payee, CLASS);
        if (left != 0) bond.startUnlock(CLASS, left);
        bond.startUnlock(OTHER, 20 * USD);
        skip(UNBONDING);
        if (bond.lockOf(payee, CLASS).leaving != 0) bond.finishUnlock(payee, CLASS);
        bond.finishUnlock(payee, OTHER);
        bond.unstake(bond.stakeOf(payee).staked, payee);
        vm.stopPrank();
        assertEq(token.balanceOf(payee), 1_000_000 * USD - taken, CMP_04);
        assertEq(token.balanceOf(bond.tillOf(Lane(payee, address(token), 0))), 0, CMP_04);
    }

    function testFuzz_nobodyElseSlashes(address caller) public {
        vm.assume(caller != court);
        _stakeAndLock(100 * USD);
        vm.expectRevert(abi.encodeWithSelector(IBond.NotCourt.selector, court, caller));
        vm.prank(caller);
        bond.slash(payee, CLASS, 1, caller, "");
    }

    /// @notice What has left is out of reach, and so is what was never locked.
    function test_theCourtTakesNothingElse() public {
        _stakeAndLock(100 * USD);
        _stake(30 * USD);
        vm.startPrank(payee);
        bond.startUnlock(CLASS, 100 * USD);
        skip(UNBONDING);
        bond.finishUnlock(payee, CLASS);
        vm.stopPrank();
        vm.startPrank(court);
        assertEq(bond.slash(payee, CLASS, type(uint256).max, court, ""), 0, CMP_09);
        assertEq(bond.slash(otherPayee, CLASS, type(uint256).max, court, ""), 0, CMP_09);
        vm.expectRevert(ILanes.ZeroAddress.selector);
        bond.slash(payee, CLASS, 1, address(0), "");
        vm.stopPrank();
        assertEq(bond.stakeOf(payee).staked, 130 * USD, CMP_09);
    }

    function test_withoutACourtNobodySlashes() public {
        Bond free = new Bond(address(token), address(0), UNBONDING);
        vm.expectRevert(abi.encodeWithSelector(IBond.NotCourt.selector, address(0), court));
        vm.prank(court);
        free.slash(payee, CLASS, 1, court, "");
    }

    /// @notice A beneficiary that the token refuses does not save the node: it has a credit.
    function test_aRefusedBeneficiaryGetsACredit() public {
        BlocklistToken listed = new BlocklistToken();
        Bond strict = new Bond(address(listed), court, UNBONDING);
        listed.mint(payee, 10);
        vm.startPrank(payee);
        listed.approve(address(strict), 10);
        strict.stake(payee, 10);
        strict.lock(CLASS, 10);
        vm.stopPrank();
        listed.setBlocked(otherPayer, true);
        vm.prank(court);
        assertEq(strict.slash(payee, CLASS, 10, otherPayer, ""), 10);
        Lane memory lane = Lane(payee, address(listed), 0);
        assertEq(strict.creditOf(otherPayer, lane), 10, CMP_09);
        vm.prank(otherPayer);
        strict.collectTo(lane, otherPayee);
        assertEq(listed.balanceOf(otherPayee), 10, CMP_04);
    }

    function _stake(uint256 amount) private {
        vm.prank(payee);
        bond.stake(payee, amount);
    }

    function _stakeAndLock(uint256 amount) private {
        _stake(amount);
        vm.prank(payee);
        bond.lock(CLASS, amount);
    }
}
