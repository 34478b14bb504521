// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { MarketConfig } from "../../src/interfaces/IMarketTypes.sol";
import { Position } from "../../src/market/MarketState.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { Player, Step } from "./Player.sol";

/// @title Collateral in and out
contract PledgesTest is MarketFixture {
    /// @dev A cap of 4,000 ether: 1,000 a till.
    function _config() internal override returns (MarketConfig memory c) {
        c = super._config();
        c.collaterals[0].cap = uint128(4_000 * ETH + 3);
    }

    function test_inAndOut() public {
        vm.expectEmit(address(market));
        emit IMarketEvents.CollateralSupplied(bob, 0, 10 * ETH);
        _pledge(bob, 0, 10 * ETH);
        _pledge(bob, 1, 3 * BTC);
        Position memory p = market.positionOf(bob);
        assertEq(p.first, 10 * ETH);
        assertEq(p.others[0], 3 * BTC);
        assertEq(p.held, 3);
        assertEq(_held(address(eth), _ownTill(bob)), 10 * ETH);
        vm.expectEmit(address(market));
        emit IMarketEvents.CollateralWithdrawn(bob, 0, carol, 10 * ETH);
        vm.prank(bob);
        market.withdrawCollateral(0, 10 * ETH, carol, bob, OWN);
        assertEq(market.positionOf(bob).held, 2);
        assertEq(eth.balanceOf(carol), 100_010 * ETH);
        _unpledge(bob, 1, 3 * BTC);
        assertEq(market.positionOf(bob).held, 0);
    }

    /// @notice The debt, the first collateral and the bits of what is held share a slot: none disturbs another.
    function testFuzz_theFirstSlotKeepsItsParts(uint256 a, uint256 b, uint256 debt) public {
        _deposit(alice, 10_000_000 * USD);
        a = bound(a, 1 * ETH, 999 * ETH);
        b = bound(b, 1, 100 * BTC);
        _pledge(bob, 1, b);
        _pledge(bob, 0, a);
        debt = bound(debt, 10 * USD, a * 1_400 / 1e12);
        _borrow(bob, debt);
        Position memory p = market.positionOf(bob);
        assertTrue(p.first == a && p.others[0] == b && p.held == 3 && p.debt == debt);
        _unpledge(bob, 1, b);
        _pledge(bob, 0, 1);
        p = market.positionOf(bob);
        assertTrue(p.first == a + 1 && p.others[0] == 0 && p.held == 1 && p.debt == debt);
        _repay(bob, ALL);
        _unpledge(bob, 0, a + 1);
        p = market.positionOf(bob);
        assertTrue(p.first == 0 && p.held == 0 && p.debt == 0);
    }

    function test_supplyRefuses() public {
        vm.startPrank(bob);
        vm.expectRevert(IMarketErrors.ZeroAmount.selector);
        market.supplyCollateral(0, 0, bob, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, 2));
        market.supplyCollateral(2, 1, bob, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, ALL));
        market.supplyCollateral(ALL, 1, bob, OWN, "");
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.supplyCollateral(0, uint256(type(uint128).max) + 1, bob, OWN, "");
        vm.stopPrank();
    }

    function test_withdrawRefuses() public {
        _pledge(bob, 0, 10 * ETH);
        vm.startPrank(bob);
        vm.expectRevert(IMarketErrors.ZeroAmount.selector);
        market.withdrawCollateral(0, 0, bob, bob, OWN);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.InsufficientCollateral.selector, 10 * ETH + 1, 10 * ETH));
        market.withdrawCollateral(0, 10 * ETH + 1, bob, bob, OWN);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, 7));
        market.withdrawCollateral(7, 1, bob, bob, OWN);
        vm.stopPrank();
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NotAuthorised.selector, bob, carol, 4));
        market.withdrawCollateral(0, 1, carol, bob, OWN);
    }

    /// @notice Each till accepts a part of the cap; a large deposit names several.
    function test_theCapIsPerTill() public {
        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.CapExceeded.selector, 0, 1_000 * ETH, 1_000 * ETH + 1));
        market.supplyCollateral(0, 1_000 * ETH + 1, bob, OWN, "");
        market.supplyCollateral(0, 3_000 * ETH, bob, _via(0, 1, 2), "");
        vm.expectPartialRevert(IMarketErrors.CapExceeded.selector);
        market.supplyCollateral(0, 1, bob, _via(0), "");
        vm.expectPartialRevert(IMarketErrors.CapExceeded.selector);
        market.supplyCollateral(0, 2, bob, _via(3, 0), "");
        market.supplyCollateral(0, 1_000 * ETH, bob, _via(3), "");
        vm.stopPrank();
        assertEq(market.collateralOf(bob, 0), 4_000 * ETH);
    }

    function testFuzz_aSplitLosesNothing(uint256 amount) public {
        amount = bound(amount, 1, 2_999 * ETH);
        vm.prank(bob);
        market.supplyCollateral(0, amount, bob, _via(2, 0, 1), "");
        uint256 part = amount / 3;
        assertEq(_held(address(eth), 0), part);
        assertEq(_held(address(eth), 1), part);
        assertEq(_held(address(eth), 2), amount - 2 * part);
        assertEq(market.collateralOf(bob, 0), amount);
    }

    /// @notice In debt, the rest must carry it at the bid and the borrowing loan-to-value.
    function testFuzz_withdrawsDownToTheLimit(uint256 debt) public {
        debt = bound(debt, 10 * USD, 150_000 * USD);
        _lendAndBorrow(100 * ETH, debt);
        // 1,500 dollars of borrowing power an ether.
        uint256 needed = (debt * 1e12 + 1_499) / 1_500;
        uint256 free = 100 * ETH - needed;
        if (free > 1e12) {
            vm.prank(bob);
            vm.expectPartialRevert(IMarketErrors.Unhealthy.selector);
            market.withdrawCollateral(0, free + 1e12, bob, bob, OWN);
            _unpledge(bob, 0, free - 1e12);
        }
        assertGe(lens.position(market, bob).capacity, market.debtOf(bob));
    }

    /// @notice The health of a withdrawal counts the interest until now, and after a late settlement.
    function test_withdrawingCountsInterest() public {
        _lendAndBorrow(100 * ETH, 149_000 * USD);
        skip(60 days);
        vm.prank(bob);
        vm.expectPartialRevert(IMarketErrors.Unhealthy.selector);
        market.withdrawCollateral(0, 1, bob, bob, OWN);
    }

    function test_callback() public {
        _deposit(alice, 1_000_000 * USD);
        Player player = new Player();
        address me = address(player);
        _equip(me);
        Step[] memory steps = new Step[](1);
        steps[0] = Step(address(market), abi.encodeCall(market.borrow, (10_000 * USD, me, me, OWN)));
        player.plan(steps, true);
        player.act(address(market), Calls.supplyCollateral(0, 10 * ETH, me, OWN, "x"));
        assertEq(player.callbacks(), 1);
        assertEq(market.debtOf(me), 10_000 * USD);
        assertEq(market.collateralOf(me, 0), 10 * ETH);
        assertFalse(market.busy());
    }

    /// @notice A kind that is not one of the market's cannot be used in a callback before it is refused.
    function test_anUnknownKindIsRefusedBeforeItsCallback() public {
        Player player = new Player();
        address me = address(player);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, 5));
        player.act(address(market), Calls.supplyCollateral(5, 10 * ETH, me, OWN, "x"));
        assertEq(player.callbacks(), 0);
    }

    /// @notice The short form is the long one for oneself: the same state, the same refusals.
    function testFuzz_theShortFormIsTheSame(uint256 first, uint256 second, uint256 i) public {
        _deposit(alice, 1_000_000 * USD);
        i = bound(i, 0, 2);
        first = bound(first, 0, 1_200 * ETH);
        second = bound(second, 0, 1_200 * ETH);
        uint256 id = vm.snapshotState();
        bytes32 long_ = _afterBoth(
            Calls.supplyCollateral(i, first, bob, OWN, ""), Calls.supplyCollateral(i, second, bob, OWN, "")
        );
        vm.revertToStateAndDelete(id);
        assertEq(_afterBoth(Calls.supplyCollateral(i, first), Calls.supplyCollateral(i, second)), long_);
    }

    /// @notice Adding to a collateral that backs a debt leaves the debt alone.
    function testFuzz_theShortFormKeepsTheDebt(uint256 amount) public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        amount = bound(amount, 1, 800 * ETH);
        vm.prank(bob);
        market.supplyCollateral(0, amount);
        Position memory p = market.positionOf(bob);
        assertTrue(p.debt == 100_000 * USD && p.first == 100 * ETH + amount && p.held == 1);
        vm.prank(bob);
        market.supplyCollateral(1, 1 * BTC);
        p = market.positionOf(bob);
        assertTrue(p.debt == 100_000 * USD && p.others[0] == 1 * BTC && p.held == 3);
    }

    function test_theShortFormRefuses() public {
        vm.startPrank(bob);
        vm.expectRevert(IMarketErrors.ZeroAmount.selector);
        market.supplyCollateral(0, 0);
        market.supplyCollateral(0, 1);
        vm.expectRevert(IMarketErrors.ZeroAmount.selector);
        market.supplyCollateral(0, 0);
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.supplyCollateral(0, type(uint128).max);
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.supplyCollateral(0, ALL);
        vm.expectPartialRevert(IMarketErrors.CapExceeded.selector);
        market.supplyCollateral(0, 1_000 * ETH);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, 2));
        market.supplyCollateral(2, 1);
        vm.stopPrank();
    }

    function _afterBoth(bytes memory a, bytes memory b) private returns (bytes32) {
        vm.prank(bob);
        (bool first, bytes memory out) = address(market).call(a);
        vm.prank(bob);
        (bool second, bytes memory more) = address(market).call(b);
        return keccak256(
            abi.encode(first, out, second, more, market.positionOf(bob), eth.balanceOf(bob), btc.balanceOf(bob))
        );
    }
}
