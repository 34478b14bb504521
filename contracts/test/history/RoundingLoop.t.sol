// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { MarketFixture } from "../market/MarketFixture.sol";

/// @title Radiant 2024, zkLend 2025, Balancer 2025: many tiny operations, each rounded the attacker's way
/// @notice A withdrawal burnt one share too few, a swap of a few wei lost its precision: looped, that emptied the pool. Here each
/// rounding favours the market, whatever the size, and an amount that would buy nothing is refused.
contract RoundingLoopTest is MarketFixture {
    uint256 private constant TURNS = 40;

    function setUp() public override {
        super.setUp();
        // Price and index that are no round numbers.
        _lendAndBorrow(500 * ETH, 700_000 * USD);
        skip(11 days + 7);
        market.checkpoint();
        skip(1_234);
        market.checkpoint();
        skip(31);
        assertGt(market.accrual().price, RAY);
    }

    /// @notice Radiant: `rayDiv` rounded the shares of a withdrawal down.
    /// forge-config: default.fuzz.runs = 64
    function testFuzz_radiant_depositAndWithdrawInALoop(uint256 seed) public {
        uint256 before = loan.balanceOf(carol);
        for (uint256 n; n < TURNS; ++n) {
            uint256 x = uint256(keccak256(abi.encode(seed, n)));
            uint256 size = 1 + x % 5;
            vm.startPrank(carol);
            (bool ok,) = address(market).call(abi.encodeCall(market.deposit, (size, carol)));
            if (x >> 8 & 1 == 0) (ok,) = address(market).call(abi.encodeCall(market.mint, (1 + (x >> 16) % 3, carol)));
            uint256 most = market.maxWithdraw(carol);
            if (most != 0) market.withdraw(1 + (x >> 32) % most, carol, carol);
            vm.stopPrank();
        }
        uint256 left = market.maxRedeem(carol);
        if (left != 0) _redeem(carol, left);
        assertLe(loan.balanceOf(carol), before);
    }

    /// @notice zkLend: the debt or the collateral of tiny amounts was rounded in the attacker's favour.
    /// forge-config: default.fuzz.runs = 64
    function testFuzz_zklend_borrowAndRepayInALoop(uint256 seed) public {
        _pledge(carol, 0, 1 * ETH);
        _borrow(carol, 10 * USD);
        uint256 before = loan.balanceOf(carol);
        uint256 owed = market.positionOf(carol).debt;
        for (uint256 n; n < TURNS; ++n) {
            uint256 x = uint256(keccak256(abi.encode(seed, n)));
            vm.startPrank(carol);
            market.borrow(1 + x % 3, carol, carol, OWN);
            (bool ok,) = address(market).call(abi.encodeCall(market.repay, (1 + (x >> 8) % 3, carol, OWN, "")));
            ok;
            vm.stopPrank();
        }
        // What was gained in tokens is owed at least, to the last part of a unit.
        uint256 gained = loan.balanceOf(carol) > before ? loan.balanceOf(carol) - before : 0;
        uint256 spent = loan.balanceOf(carol) > before ? 0 : before - loan.balanceOf(carol);
        uint256 index = market.accrual().index + market.accrual().index * (uint256(market.terms().rate) * 31) / WAD;
        assertGe(market.positionOf(carol).debt * index + spent * RAY, owed * index + gained * RAY);
    }

    /// @notice Balancer: amounts so small that precision is lost are refused, not rounded away.
    function test_balancer_anAmountThatSettlesNothingIsRefused() public {
        vm.startPrank(bob);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.AmountTooSmall.selector, 1));
        market.repay(1, bob, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.AmountTooSmall.selector, 1));
        market.deposit(1, bob);
        vm.stopPrank();
    }

    /// @notice Redeeming share by share pays less than at once, withdrawing unit by unit burns more.
    function test_radiant_piecesAreWorthLessThanTheWhole() public {
        uint256 shares = _deposit(carol, 100);
        uint256 whole = market.previewRedeem(shares);
        uint256 pieces;
        for (uint256 n; n < shares; ++n) {
            pieces += _redeem(carol, 1);
        }
        assertLe(pieces, whole);
        shares = _deposit(carol, 100);
        uint256 burnt;
        uint256 most = market.maxWithdraw(carol);
        for (uint256 n; n < most && market.maxWithdraw(carol) != 0; ++n) {
            burnt += _withdraw(carol, 1);
        }
        assertGe(burnt, market.previewWithdraw(most) - 1);
        assertLe(burnt, shares);
    }
}
