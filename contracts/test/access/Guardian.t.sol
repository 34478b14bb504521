// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Guardian } from "../../src/access/Guardian.sol";
import { IGuardian, IPausable } from "../../src/interfaces/IGuardian.sol";
import { Base } from "../Base.sol";

/// The guardian's side of a market: refuses when told to, and counts.
contract StubMarket is IPausable {
    uint256 public paused;
    uint256 public lifted;
    bool public refuses;

    error Refused();

    function setRefuses(bool value) external {
        refuses = value;
    }

    function pause(uint256 duration) external {
        if (refuses) revert Refused();
        paused = duration;
    }

    function unpause() external {
        if (refuses) revert Refused();
        ++lifted;
    }
}

contract GuardianTest is Base {
    address private constant A = address(0xA);
    address private constant B = address(0xB);
    address private constant C = address(0xC);

    Guardian private guardian;
    StubMarket private market;

    function setUp() public {
        address[] memory set = new address[](3);
        (set[0], set[1], set[2]) = (A, B, C);
        guardian = new Guardian(set, 2 days);
        market = new StubMarket();
    }

    function test_anyOneMayPause() public {
        address[3] memory set = [A, B, C];
        for (uint256 i; i < 3; ++i) {
            market = new StubMarket();
            vm.expectEmit(address(guardian));
            emit IGuardian.MarketPaused(address(market), set[i], 2 days);
            vm.prank(set[i]);
            guardian.pause(address(market));
            assertEq(market.paused(), 2 days);
        }
    }

    function test_strangersMayDoNothing() public {
        vm.expectRevert(abi.encodeWithSelector(IGuardian.NotGuardian.selector, address(this)));
        guardian.pause(address(market));
        vm.expectRevert(abi.encodeWithSelector(IGuardian.NotGuardian.selector, address(this)));
        guardian.unpause(address(market));
    }

    function test_allTogetherLift() public {
        _unpause(A);
        _unpause(B);
        assertEq(market.lifted(), 0);
        assertEq(guardian.approvals(address(market)), 2);
        vm.expectEmit(address(guardian));
        emit IGuardian.UnpauseApproved(address(market), C, 0);
        vm.expectEmit(address(guardian));
        emit IGuardian.MarketUnpaused(address(market));
        _unpause(C);
        assertEq(market.lifted(), 1);
        assertEq(guardian.approvals(address(market)), 0);
    }

    function test_agreeingTwiceCountsOnce() public {
        _unpause(A);
        _unpause(A);
        _unpause(A);
        assertEq(guardian.approvals(address(market)), 1);
        assertEq(market.lifted(), 0);
    }

    /// What was agreed about an earlier pause says nothing about this one.
    function test_newPauseForgetsOldAgreements() public {
        _unpause(A);
        _unpause(B);
        vm.prank(C);
        guardian.pause(address(market));
        _unpause(C);
        assertEq(guardian.approvals(address(market)), 1);
        assertEq(market.lifted(), 0);
    }

    function test_marketsAreSeparate() public {
        _unpause(A);
        _unpause(B);
        StubMarket other = new StubMarket();
        vm.prank(C);
        guardian.unpause(address(other));
        assertEq(guardian.approvals(address(market)), 2);
        assertEq(guardian.approvals(address(other)), 1);
    }

    function test_refusalOfTheMarketChangesNothing() public {
        _unpause(A);
        market.setRefuses(true);
        vm.prank(B);
        vm.expectRevert(StubMarket.Refused.selector);
        guardian.pause(address(market));
        assertEq(guardian.approvals(address(market)), 1);
    }

    function test_constructorRejects() public {
        address[] memory set = new address[](0);
        vm.expectRevert(abi.encodeWithSelector(IGuardian.GuardianCount.selector, 255, 0));
        new Guardian(set, 1);
        set = new address[](256);
        vm.expectRevert(abi.encodeWithSelector(IGuardian.GuardianCount.selector, 255, 256));
        new Guardian(set, 1);
        set = new address[](2);
        vm.expectRevert(abi.encodeWithSelector(IGuardian.GuardiansNotAscending.selector, address(0), address(0)));
        new Guardian(set, 1);
        (set[0], set[1]) = (A, A);
        vm.expectRevert(abi.encodeWithSelector(IGuardian.GuardiansNotAscending.selector, A, A));
        new Guardian(set, 1);
        set[1] = B;
        vm.expectRevert(abi.encodeWithSelector(IGuardian.PauseDuration.selector, 3 days, 0));
        new Guardian(set, 0);
        vm.expectRevert(abi.encodeWithSelector(IGuardian.PauseDuration.selector, 3 days, 3 days + 1));
        new Guardian(set, 3 days + 1);
    }

    function _unpause(address who) private {
        vm.prank(who);
        guardian.unpause(address(market));
    }
}
