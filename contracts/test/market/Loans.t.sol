// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { Solvency } from "../invariants/Solvency.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { Player, Step } from "./Player.sol";

/// @title Borrowers: debts grow linearly between checkpoints and are rounded up
contract LoansTest is MarketFixture {
    using Solvency for IMarket;

    function test_borrowAndRepayAll() public {
        _deposit(alice, 1_000_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        vm.expectEmit(address(market));
        emit IMarketEvents.Borrowed(bob, carol, 50_000 * USD, 50_000 * USD);
        vm.prank(bob);
        market.borrow(50_000 * USD, carol, bob, OWN);
        assertEq(loan.balanceOf(carol), 100_050_000 * USD);
        assertEq(market.debtOf(bob), 50_000 * USD);
        skip(30 minutes);
        uint256 index = market.indexNow();
        uint256 owed = (50_000 * USD * index + RAY - 1) / RAY;
        assertEq(market.debtOf(bob), owed);
        assertGt(owed, 50_000 * USD);
        vm.expectEmit(address(market));
        emit IMarketEvents.Repaid(bob, bob, owed, 50_000 * USD);
        assertEq(_repay(bob, ALL), owed);
        assertEq(market.debtOf(bob), 0);
        assertEq(market.totals().debt, 0);
        _unpledge(bob, 0, 100 * ETH);
        assertEq(eth.balanceOf(bob), 100_000 * ETH);
    }

    function testFuzz_borrowBooksItself(uint256 assets, uint256 wait) public {
        _grown(wait);
        assets = bound(assets, 10 * USD, 200_000 * USD);
        _pledge(carol, 0, 1_000 * ETH);
        int256 surplus = market.surplusRay();
        uint256 before = loan.balanceOf(carol);
        _borrow(carol, assets);
        assertEq(loan.balanceOf(carol) - before, assets);
        assertGe(market.debtOf(carol), assets);
        assertLe(market.debtOf(carol), assets + 1 + assets / 1e20);
        assertGe(market.surplusRay(), surplus);
    }

    function testFuzz_repayBooksItself(uint256 assets, uint256 wait) public {
        _grown(wait);
        uint256 owed = market.debtOf(bob);
        assets = bound(assets, 2, 2 * owed);
        int256 surplus = market.surplusRay();
        uint256 before = loan.balanceOf(bob);
        uint256 repaid = _repay(bob, assets);
        assertEq(repaid, assets < owed ? assets : owed);
        assertEq(before - loan.balanceOf(bob), repaid);
        // The debt falls by what was paid, less one unit at most.
        assertGe(market.debtOf(bob), owed - repaid);
        assertLe(market.debtOf(bob), owed - repaid + 2);
        assertGe(market.surplusRay(), surplus);
    }

    /// @notice To the unit: the bid at the borrowing loan-to-value carries the debt, one unit more does not.
    function testFuzz_borrowsUpToTheLimitAndNoFurther(uint256 ethAmount, uint256 btcAmount, uint256 bid) public {
        _deposit(alice, 90_000_000 * USD);
        bid = bound(bid, ETH_PRICE / 2, ETH_PRICE);
        ethOracle.setQuote(bid, ETH_PRICE);
        _pledge(bob, 0, bound(ethAmount, 1e17, 10_000 * ETH));
        _pledge(bob, 1, bound(btcAmount, 1e6, 300 * BTC));
        Lens.PositionView memory p = lens.position(market, bob);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.Unhealthy.selector, p.capacity + 1, p.capacity));
        market.borrow(p.capacity + 1, bob, bob, OWN);
        _borrow(bob, p.capacity);
        assertEq(market.debtOf(bob), p.capacity);
    }

    function test_borrowingRefuses() public {
        _deposit(alice, 1_000_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        vm.startPrank(bob);
        vm.expectRevert(IMarketErrors.ZeroAmount.selector);
        market.borrow(0, bob, bob, OWN);
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.borrow(uint256(type(uint128).max) + 1, bob, bob, OWN);
        vm.expectPartialRevert(IMarketErrors.AmountTooLarge.selector);
        market.borrow(uint256(type(uint120).max) + 1, bob, bob, OWN);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.DebtTooSmall.selector, 10 * USD, 9 * USD));
        market.borrow(9 * USD, bob, bob, OWN);
        vm.stopPrank();
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NotAuthorised.selector, bob, carol, 2));
        market.borrow(100 * USD, carol, bob, OWN);
    }

    /// @notice More than there is in the tills.
    function test_borrowingNeedsCash() public {
        _deposit(alice, 1_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        vm.prank(bob);
        vm.expectRevert(
            abi.encodeWithSelector(IMarketErrors.TillsDry.selector, address(loan), 1_001 * USD, 1_000 * USD)
        );
        market.borrow(1_001 * USD, bob, bob, OWN);
        _borrow(bob, 1_000 * USD);
    }

    /// @notice A disputed price (no bid) lends nothing on that collateral, but another may carry the debt; a dead one lends nothing at all.
    function test_aDisputedPriceLendsNothing() public {
        _deposit(alice, 1_000_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        _pledge(bob, 1, 1 * BTC);
        ethOracle.setQuote(0, ETH_PRICE);
        _borrow(bob, 35_000 * USD);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PriceUnavailable.selector, 0, address(ethOracle)));
        market.borrow(1 * USD, bob, bob, OWN);
        ethOracle.setQuote(0, 0);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PriceUnavailable.selector, 0, address(ethOracle)));
        market.borrow(1 * USD, bob, bob, OWN);
    }

    function test_repayingRefuses() public {
        _lendAndBorrow(100 * ETH, 50_000 * USD);
        vm.startPrank(bob);
        vm.expectRevert(IMarketErrors.ZeroAmount.selector);
        market.repay(0, bob, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NoDebt.selector, carol));
        market.repay(1 * USD, carol, OWN, "");
        vm.stopPrank();
    }

    function test_anybodyRepaysForAnybody() public {
        _lendAndBorrow(100 * ETH, 50_000 * USD);
        vm.prank(carol);
        assertEq(market.repay(20_000 * USD, bob, OWN, ""), 20_000 * USD);
        assertEq(market.debtOf(bob), 30_000 * USD);
        assertEq(loan.balanceOf(carol), 99_980_000 * USD);
    }

    /// @notice However late, a repayment neither checkpoints nor asks an oracle.
    function test_repayingTouchesNothingElse() public {
        _lendAndBorrow(100 * ETH, 50_000 * USD);
        ethOracle.setQuote(0, 0);
        skip(400 days);
        uint256 settledAt = market.accrual().settledAt;
        _repay(bob, ALL);
        assertEq(market.accrual().settledAt, settledAt);
    }

    /// @notice In the callback the debt is gone already, so the collateral can pay for it.
    function test_repayCallbackUsesTheCollateral() public {
        _deposit(alice, 1_000_000 * USD);
        Player player = new Player();
        address me = address(player);
        _equip(me);
        player.act(address(market), Calls.supplyCollateral(0, 100 * ETH, me, OWN, ""));
        player.act(address(market), abi.encodeCall(market.borrow, (50_000 * USD, me, me, OWN)));
        Step[] memory steps = new Step[](1);
        steps[0] = Step(address(market), abi.encodeCall(market.withdrawCollateral, (0, 100 * ETH, me, me, OWN)));
        player.plan(steps, true);
        player.act(address(market), abi.encodeCall(market.repay, (ALL, me, OWN, "x")));
        assertEq(market.collateralOf(me, 0), 0);
        assertEq(market.debtOf(me), 0);
        assertEq(eth.balanceOf(me), 100_000 * ETH);
    }

    function testFuzz_interestIsLinearBetweenCheckpoints(uint256 wait) public {
        _lendAndBorrow(1_000 * ETH, 1_000_000 * USD);
        wait = bound(wait, 0, 3650 days);
        skip(wait);
        uint256 interest = market.debtOf(bob) - 1_000_000 * USD;
        uint256 exact = 1_000_000 * USD * (uint256(market.terms().rate) * wait) / WAD;
        assertGe(interest, exact);
        assertLe(interest, exact + 1);
    }

    function _grown(uint256 wait) private {
        _lendAndBorrow(500 * ETH, 700_000 * USD);
        skip(7 days);
        market.checkpoint();
        skip(wait % 1 hours);
    }
}
