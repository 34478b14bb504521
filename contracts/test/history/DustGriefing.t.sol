// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketFixture } from "../market/MarketFixture.sol";

/// @title Dust in another's position (a class: Compound forks' market lists, Silo and Euler reviews)
/// @notice A stranger added a speck of another collateral, and the position became dear or impossible to check, to liquidate, or to close.
contract DustGriefingTest is MarketFixture {
    /// @notice Nobody else adds a kind; more of a kind that is there is a gift.
    function test_aStrangerCannotAddAKind() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NewCollateralKind.selector, 1, bob, carol));
        market.supplyCollateral(1, 1, bob, OWN, "");
        vm.prank(carol);
        market.supplyCollateral(0, 1, bob, OWN, "");
        assertEq(market.collateralOf(bob, 0), 100 * ETH + 1);
    }

    /// @notice The dead oracle trick: a borrower adds a speck whose oracle is dead, so that nobody can liquidate.
    function test_aDeadKindCannotShieldADebt() public {
        _deposit(alice, 1_000_000 * USD);
        btcOracle.setQuote(0, 0);
        // Before there is a debt it may be added; then there will be none.
        _pledge(bob, 1, 1);
        _pledge(bob, 0, 100 * ETH);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PriceUnavailable.selector, 1, address(btcOracle)));
        market.borrow(100_000 * USD, bob, bob, OWN);
        _unpledge(bob, 1, 1);
        _borrow(bob, 100_000 * USD);
        vm.prank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PriceUnavailable.selector, 1, address(btcOracle)));
        market.supplyCollateral(1, 1, bob, OWN, "");
    }

    /// @notice A debt too small to be worth liquidating cannot be opened.
    function test_debtsAreNotDust() public {
        _lendAndBorrow(100 * ETH, 100 * USD);
        _pledge(carol, 0, 1 * ETH);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.DebtTooSmall.selector, 10 * USD, 10 * USD - 1));
        market.borrow(10 * USD - 1, carol, carol, OWN);
    }

    /// @notice Repaying a unit of another's debt right before its owner repays all does not make that fail.
    function test_repayingABitFirstDoesNotBlock() public {
        _lendAndBorrow(100 * ETH, 100_000 * USD);
        skip(30 minutes);
        uint256 owed = market.debtOf(bob);
        vm.prank(carol);
        market.repay(2, bob, OWN, "");
        _repay(bob, owed);
        assertEq(market.debtOf(bob), 0);
        _unpledge(bob, 0, 100 * ETH);
    }

    /// @notice Liquidating a unit right before a liquidator acts does not make that fail.
    function test_liquidatingABitFirstDoesNotBlock() public {
        _lendAndBorrow(100 * ETH, 150_000 * USD);
        ethOracle.setPrice(1_800e24);
        vm.prank(dave);
        market.liquidate(bob, 0, 1 * USD, OWN, "");
        vm.prank(carol);
        (uint256 repaid,) = market.liquidate(bob, 0, ALL, OWN, "");
        assertGt(repaid, 1_000 * USD);
    }
}
