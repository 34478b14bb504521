// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { Accrual, MarketConfig, Terms } from "../../src/interfaces/IMarketTypes.sol";
import { IRateModel } from "../../src/interfaces/IRateModel.sol";
import { IndexMath } from "../../src/market/IndexMath.sol";
import { Solvency } from "../invariants/Solvency.sol";
import { Calls } from "./Calls.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { Player } from "./Player.sol";

/// @title Interest is booked here and nowhere else
contract CheckpointsTest is MarketFixture {
    using Solvency for IMarket;

    function test_beforeMinEpochNothingIsWritten() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        bytes32 before = keccak256(abi.encode(market.accrual(), market.terms()));
        skip(59);
        assertFalse(market.checkpoint());
        assertEq(keccak256(abi.encode(market.accrual(), market.terms())), before);
        skip(1);
        assertTrue(market.checkpoint());
        assertFalse(market.checkpoint());
    }

    /// @notice By hand: a year at 10 % on 500,000 of 1,000,000 lent.
    function test_aYearByHand() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        uint256 rate = market.terms().rate;
        skip(365 days);
        vm.prank(dave);
        market.checkpoint();
        Accrual memory a = market.accrual();
        Terms memory t = market.terms();
        uint256 growth = rate * 365 days;
        assertEq(a.index, RAY + RAY * growth / WAD);
        uint256 interest = 500_000 * USD * growth / WAD;
        // A tenth is kept; 5 % of that is the wage of the caller, paid in shares at the new price.
        uint256 fee = interest / 10;
        uint256 reward = market.balanceOf(dave);
        assertEq(reward, IndexMath.unitsDown(fee * 500 / 1e4, a.price));
        assertApproxEqAbs(uint256(t.reserve), fee - fee * 500 / 1e4, 2);
        assertApproxEqAbs(market.totalAssets(), 1_000_000 * USD + interest - t.reserve, 2);
        assertEq(a.settledAt, block.timestamp);
        assertGe(market.surplusRay(), 0);
        assertLt(market.surplusRay(), int256(3 * RAY));
    }

    function test_announcesItself() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        skip(1 days);
        uint256 id = vm.snapshotState();
        vm.prank(dave);
        market.checkpoint();
        (Accrual memory a, Terms memory t, uint256 reward) = (market.accrual(), market.terms(), market.balanceOf(dave));
        vm.revertToStateAndDelete(id);
        vm.expectEmit(address(market));
        emit IMarketEvents.Checkpointed(a.price, a.index, t.rate, t.reserve, dave, reward);
        vm.prank(dave);
        market.checkpoint();
    }

    /// @notice The price never passes the ceiling: what lenders cannot get goes to the reserve, for good.
    function test_theCeilingHolds() public {
        _lendAndBorrow(100 * ETH, 10 * USD);
        Player player = new Player();
        _equip(address(player));
        // A fee of 450 dollars, in a minute in which lenders may earn a fifth of a dollar.
        player.act(address(market), Calls.flashLoan(address(player), address(loan), 900_000 * USD, OWN));
        uint256 price = market.accrual().price;
        skip(1 minutes);
        uint256 most = IndexMath.grownDown(price, market.terms().rate, 60);
        market.checkpoint();
        assertEq(market.accrual().price, most);
        assertGt(market.terms().reserve, 440 * USD);
        skip(1 minutes);
        market.checkpoint();
        assertLt(market.accrual().price - most, most - price, "what was kept is not given later");
    }

    function testFuzz_theCeilingHoldsAndBooksAddUp(uint256 lent, uint256 share, uint256 wait, uint256 times) public {
        lent = bound(lent, 100 * USD, 90_000_000 * USD);
        _deposit(alice, lent);
        _pledge(bob, 0, 100_000 * ETH);
        _borrow(bob, bound(share, 10 * USD, lent));
        times = bound(times, 1, 5);
        for (uint256 n; n < times; ++n) {
            skip(bound(wait, 1, 90 days));
            uint256 ceiling = market.ceilingNow();
            uint256 index = market.indexNow();
            (uint256 price, bool due) = (market.accrual().price, block.timestamp - market.accrual().settledAt >= 60);
            assertEq(market.checkpoint(), due);
            assertGe(market.accrual().price, price);
            assertLe(market.accrual().price, ceiling);
            if (due) assertEq(market.accrual().index, index);
            assertGe(market.surplusRay(), 0);
        }
    }

    /// @notice Without lenders what is earned goes to the reserve and the price stays.
    function test_withoutSharesThePriceStays() public {
        loan.mint(market.tillOf(0), 1_000 * USD);
        _pledge(bob, 0, 100 * ETH);
        _borrow(bob, 1_000 * USD);
        assertEq(market.totalSupply(), 0);
        skip(10 days);
        market.checkpoint();
        assertEq(market.accrual().price, RAY);
        // Cash is minus 1,000 and the debt a little more: only the interest was earned.
        assertLe(market.terms().reserve, 3 * USD);
        assertGt(market.terms().reserve, 2 * USD);
    }

    /// @notice A lender who enters right before a checkpoint and leaves right after it gains nothing.
    function testFuzz_sandwichesGainNothing(uint256 assets, uint256 wait) public {
        _lendAndBorrow(600 * ETH, 900_000 * USD);
        skip(bound(wait, 1 minutes, 1 hours));
        assets = bound(assets, 100, 90_000_000 * USD);
        uint256 shares = _deposit(carol, assets);
        market.checkpoint();
        assertLe(_redeem(carol, shares), assets);
    }

    /// @notice No gate, no wage; no fee, no wage; an operation that settles inline pays nobody.
    function test_whoIsPaid() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        skip(2 hours);
        vm.prank(dave);
        market.settle();
        assertEq(market.balanceOf(dave), 0);
        skip(2 hours);
        uint256 shares = market.totalSupply();
        _withdraw(alice, 1 * USD);
        assertLt(market.totalSupply(), shares);
        skip(30 minutes);
        vm.prank(dave);
        market.checkpoint();
        uint256 wage = market.balanceOf(dave);
        assertGt(wage, 0);
        // 5 % of 10 % of what half an hour earned.
        assertLe(wage, 500_000 * USD / 200 * 30 / (10 * 365 * 24 * 60) * 2);
        _redeem(dave, wage);
    }

    function test_settleWaitsForMaxEpoch() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        skip(1 hours);
        uint256 settledAt = market.accrual().settledAt;
        market.settle();
        assertEq(market.accrual().settledAt, settledAt);
        skip(1);
        market.settle();
        assertEq(market.accrual().settledAt, block.timestamp);
    }

    /// @notice Settling is a checkpoint without a wage, and only when late.
    function testFuzz_settleIsACheckpointWithoutAWage(uint256 wait) public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        wait = bound(wait, 1, 400 days);
        skip(wait);
        uint256 id = vm.snapshotState();
        vm.prank(dave);
        market.checkpoint();
        (Accrual memory a, Terms memory t) = (market.accrual(), market.terms());
        uint256 wage = IndexMath.worthUp(market.balanceOf(dave), a.price);
        vm.revertToStateAndDelete(id);
        vm.prank(dave);
        market.settle();
        if (wait <= 1 hours) {
            assertEq(market.accrual().settledAt, block.timestamp - wait);
            return;
        }
        assertEq(keccak256(abi.encode(market.accrual())), keccak256(abi.encode(a)));
        assertEq(market.terms().rate, t.rate);
        assertEq(market.terms().reserve, t.reserve + wage);
    }

    /// @notice The rate goes to what the model says, no faster than the slew.
    function test_theRateFollowsTheModelSlowly() public {
        _lendAndBorrow(600 * ETH, 900_000 * USD);
        uint256 slowest = uint256(0.05e18) / YEAR;
        uint256 rate = market.terms().rate;
        skip(30 minutes);
        market.checkpoint();
        uint256 step = (rate > slowest ? rate : slowest) * 30 minutes / 1 hours;
        uint256 target = rates.nextRate(0.9e18, 0, 0);
        assertGt(target + 1, rate - step);
        for (uint256 n; n < 40; ++n) {
            skip(30 minutes);
            market.checkpoint();
        }
        uint256 u = IndexMath.utilisation(
            IndexMath.worthDown(market.totals().debt, market.accrual().index), market.totals().cash
        );
        assertEq(market.terms().rate, rates.nextRate(u, 0, 0));
    }

    function testFuzz_interestInPiecesIsAtLeastInterestAtOnce(uint256 pieces) public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        vm.mockCall(
            address(rates), abi.encodeWithSelector(IRateModel.nextRate.selector), abi.encode(market.terms().rate)
        );
        uint256 start = market.debtOf(bob);
        uint256 id = vm.snapshotState();
        skip(24 hours);
        uint256 atOnce = market.debtOf(bob);
        vm.revertToStateAndDelete(id);
        pieces = bound(pieces, 1, 48);
        for (uint256 n; n < pieces; ++n) {
            skip(24 hours / pieces);
            market.checkpoint();
        }
        skip(24 hours - 24 hours / pieces * pieces);
        assertGe(market.debtOf(bob) + 1, atOnce);
        // Compounding within a day adds little.
        assertLe(market.debtOf(bob) - start, (atOnce - start) * 1001 / 1000 + 1);
    }

    /// @notice Decades without a checkpoint overflow nothing, and the index stops at its largest value.
    function test_aVeryLongTime() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        vm.mockCall(address(rates), abi.encodeWithSelector(IRateModel.nextRate.selector), abi.encode(ALL));
        for (uint256 n; n < 60; ++n) {
            skip(300 days);
            market.checkpoint();
            assertGe(market.surplusRay(), 0);
            assertLe(market.accrual().index, type(uint112).max);
            assertLe(market.terms().rate, uint256(4e18) / YEAR);
        }
        loan.mint(bob, 1e30);
        _repay(bob, ALL);
        _redeem(alice, market.maxRedeem(alice));
    }
}

/// @title A checkpoint at every new timestamp: L = 1 on a sequential chain
contract EveryTimestampTest is MarketFixture {
    function _stripes() internal pure override returns (uint8) {
        return 1;
    }

    function _config() internal override returns (MarketConfig memory c) {
        c = super._config();
        (c.minEpoch, c.maxEpoch) = (0, 0);
    }

    function test_everyOperationSettles() public {
        _lendAndBorrow(500 * ETH, 500_000 * USD);
        for (uint256 n; n < 5; ++n) {
            skip(12);
            uint256 price = market.accrual().price;
            _deposit(carol, 100 * USD);
            assertEq(market.accrual().settledAt, block.timestamp);
            assertGt(market.accrual().price, price);
            // In at the price one gets out at.
            assertApproxEqAbs(market.previewMint(1e18), market.convertToAssets(1e18), 1);
        }
        assertFalse(market.checkpoint());
        skip(1);
        assertTrue(market.checkpoint());
    }
}
