// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { IMarketErrors } from "../../src/interfaces/IMarketErrors.sol";
import { IMarketEvents } from "../../src/interfaces/IMarketEvents.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { Solvency } from "../invariants/Solvency.sol";
import { MarketFixture } from "./MarketFixture.sol";
import { Player, Step } from "./Player.sol";

/// @title Liquidation: a bonus that grows with the shortfall, back to the target health
contract LiquidationsTest is MarketFixture {
    using Solvency for IMarket;

    function setUp() public override {
        super.setUp();
        _lendAndBorrow(100 * ETH, 150_000 * USD);
    }

    /// @notice By hand: 100 ether at 1,800 weigh 144,000 against 150,000: health 0.96, bonus 8 %.
    function test_byHand() public {
        ethOracle.setPrice(1_800e24);
        // (1.05 · 150,000 − 144,000) / (1.05 − 1.08 · 0.8) = 13,500 / 0.186
        uint256 expected = uint256(13_500 * USD * 1000 + 185) / 186;
        uint256 before = eth.balanceOf(carol);
        vm.prank(carol);
        (uint256 repaid, uint256 seized) = market.liquidate(bob, 0, ALL, OWN, "");
        assertEq(repaid, expected);
        assertEq(seized, repaid * 108 / 100 * 1e12 / 1_800);
        assertEq(eth.balanceOf(carol) - before, seized);
        assertEq(market.collateralOf(bob, 0), 100 * ETH - seized);
        assertEq(market.debtOf(bob), 150_000 * USD - repaid);
        Lens.PositionView memory p = lens.position(market, bob);
        assertGe(p.health, 1.05e18);
        assertLe(p.health, 1.05e18 + 1e12);
    }

    function test_announcesItself() public {
        ethOracle.setPrice(1_800e24);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        vm.expectEmit(address(market));
        emit IMarketEvents.Liquidated(bob, carol, 0, v.repay, v.seized, 0);
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
    }

    /// @notice At the edge: one price carries the debt, the next does not.
    function test_onlyWhenTheDebtIsNotCarried() public {
        ethOracle.setPrice(1_875e24);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.Healthy.selector, 150_000 * USD, 150_000 * USD));
        market.liquidate(bob, 0, ALL, OWN, "");
        ethOracle.setPrice(1_875e24 - 1e20);
        vm.prank(carol);
        (uint256 repaid,) = market.liquidate(bob, 0, ALL, OWN, "");
        assertGt(repaid, 0);
    }

    /// @notice The ask decides: one low source liquidates nobody, and seizing is at the ask, too.
    function test_theAskDecides() public {
        ethOracle.setQuote(1_000e24, 1_900e24);
        vm.prank(carol);
        vm.expectPartialRevert(IMarketErrors.Healthy.selector);
        market.liquidate(bob, 0, ALL, OWN, "");
        ethOracle.setQuote(0, 1_800e24);
        vm.prank(carol);
        (uint256 repaid, uint256 seized) = market.liquidate(bob, 0, ALL, OWN, "");
        assertEq(seized, repaid * 108 / 100 * 1e12 / 1_800);
    }

    function test_interestAloneLiquidates() public {
        vm.prank(carol);
        vm.expectPartialRevert(IMarketErrors.Healthy.selector);
        market.liquidate(bob, 0, ALL, OWN, "");
        skip(400 days);
        uint256 settledAt = market.accrual().settledAt;
        vm.prank(carol);
        (uint256 repaid,) = market.liquidate(bob, 0, ALL, OWN, "");
        assertGt(repaid, 0);
        assertEq(market.accrual().settledAt, settledAt, "without bad debt no checkpoint is needed");
    }

    function test_refuses() public {
        ethOracle.setPrice(1_800e24);
        vm.startPrank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.NoDebt.selector, dave));
        market.liquidate(dave, 0, ALL, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.WouldWorsen.selector, 1));
        market.liquidate(bob, 1, ALL, OWN, "");
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.UnknownCollateral.selector, 2, 2));
        market.liquidate(bob, 2, ALL, OWN, "");
        vm.expectPartialRevert(IMarketErrors.AmountTooSmall.selector);
        market.liquidate(bob, 0, 0, OWN, "");
        ethOracle.setQuote(0, 0);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.PriceUnavailable.selector, 0, address(ethOracle)));
        market.liquidate(bob, 0, ALL, OWN, "");
        vm.stopPrank();
    }

    /// @notice A rest below the least debt may be closed whole.
    function test_aSmallRestIsClosed() public {
        _pledge(dave, 0, 1 * ETH);
        _borrow(dave, 11 * USD);
        // Health just under 1: to the target it would take less than all, but what is left is dust.
        _unpledge(dave, 0, 1 * ETH - 0.0074e18);
        ethOracle.setPrice(1_850e24);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, dave, 0);
        assertTrue(v.liquidatable && !v.closeOut);
        assertEq(v.repay, 11 * USD);
        vm.prank(carol);
        (uint256 repaid,) = market.liquidate(dave, 0, ALL, OWN, "");
        assertEq(repaid, 11 * USD);
        assertEq(market.debtOf(dave), 0);
    }

    /// @notice With several collaterals, one whose loan-to-value is above the health would make it worse.
    function test_seizingTheWrongCollateralIsRefused() public {
        _pledge(bob, 1, 1);
        ethOracle.setPrice(1_530e24);
        // health 0.816: ether (0.8) may be taken; at 1,490 health is 0.795: bitcoin (0.77) only.
        vm.prank(carol);
        market.liquidate(bob, 0, 1_000 * USD, OWN, "");
        ethOracle.setPrice(1_490e24);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        if (!v.closeOut) {
            vm.prank(carol);
            vm.expectRevert(abi.encodeWithSelector(IMarketErrors.WouldWorsen.selector, 0));
            market.liquidate(bob, 0, ALL, OWN, "");
        }
    }

    /// @notice Below the least bonus only everything at once, for what is left of the value.
    function test_closeOutOnly() public {
        _pledge(bob, 1, 0.01e8);
        ethOracle.setPrice(1_400e24);
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        assertTrue(v.closeOut);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.CloseOutOnly.selector, v.repay, v.repay - 1));
        market.liquidate(bob, 0, v.repay - 1, OWN, "");
        uint256 ethBefore = eth.balanceOf(carol);
        uint256 btcBefore = btc.balanceOf(carol);
        vm.prank(carol);
        (uint256 repaid, uint256 seized) = market.liquidate(bob, 0, ALL, OWN, "");
        assertEq(repaid, v.repay);
        assertEq(seized, 100 * ETH);
        assertEq(eth.balanceOf(carol) - ethBefore, 100 * ETH);
        assertEq(btc.balanceOf(carol) - btcBefore, 0.01e8);
        assertEq(market.positionOf(bob).held, 0);
        assertEq(market.positionOf(bob).debt, 0);
    }

    /// @notice A close-out names a collateral that is there.
    function test_closeOutNamesWhatIsThere() public {
        ethOracle.setPrice(1_400e24);
        vm.prank(carol);
        vm.expectRevert(abi.encodeWithSelector(IMarketErrors.InsufficientCollateral.selector, 1, 0));
        market.liquidate(bob, 1, ALL, OWN, "");
    }

    /// @notice The collateral has arrived when the callback runs, and pays for the debt.
    function test_callbackSellsTheCollateral() public {
        ethOracle.setPrice(1_800e24);
        Player player = new Player();
        address me = address(player);
        // A buyer gives 100,000 dollars for the ether; the liquidator starts with nothing.
        vm.prank(dave);
        loan.approve(me, ALL);
        Step[] memory steps = new Step[](2);
        steps[0] = Step(address(eth), abi.encodeCall(eth.transfer, (dave, 40 * ETH)));
        steps[1] = Step(address(loan), abi.encodeCall(loan.transferFrom, (dave, me, 80_000 * USD)));
        player.plan(steps, true);
        player.act(address(loan), abi.encodeCall(loan.approve, (address(market), ALL)));
        player.act(address(market), abi.encodeCall(market.liquidate, (bob, 0, ALL, OWN, "x")));
        assertEq(player.callbacks(), 1);
        assertGt(loan.balanceOf(me), 0);
    }

    function test_theMoneyComesFromTheCallerWhateverTheRouteSays() public {
        ethOracle.setPrice(1_800e24);
        vm.prank(alice);
        market.setOperator(carol, 15, ALL >> 200);
        uint256 before = loan.balanceOf(bob);
        vm.prank(carol);
        (uint256 repaid,) = market.liquidate(bob, 0, ALL, OWNER_PAYS, "");
        assertEq(loan.balanceOf(bob), before);
        assertEq(loan.balanceOf(carol), 100_000_000 * USD - repaid);
    }

    /// @notice Routed to a till, the books are there and the collateral leaves the tills it is in.
    function test_route() public {
        ethOracle.setPrice(1_800e24);
        uint256 till = (_ownTill(bob) + 1) & 3;
        uint256 before = _held(address(loan), till);
        vm.prank(carol);
        (uint256 repaid,) = market.liquidate(bob, 0, ALL, _via(till), "");
        assertEq(_held(address(loan), till) - before, repaid);
        assertEq(market.stripeAt(till).borrow.cash, int128(int256(repaid)));
    }

    function testFuzz_previewIsExact(uint256 fall, uint256 wait, uint256 i, uint256 btcAmount) public {
        btcAmount = bound(btcAmount, 0, 1 * BTC);
        if (btcAmount != 0) _pledge(bob, 1, btcAmount);
        skip(wait % 10 days);
        ethOracle.setPrice(ETH_PRICE * bound(fall, 20, 95) / 100);
        i = i % 2;
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, i);
        int256 surplus = market.surplusRay();
        vm.prank(carol);
        (bool ok, bytes memory out) = address(market).call(abi.encodeCall(market.liquidate, (bob, i, ALL, OWN, "")));
        assertEq(ok, v.liquidatable && v.viable);
        if (!ok) return;
        (uint256 repaid, uint256 seized) = abi.decode(out, (uint256, uint256));
        assertEq(repaid, v.repay);
        assertEq(seized, v.seized);
        if (!v.closeOut) assertGe(market.surplusRay(), surplus);
        assertGe(market.surplusRay(), 0);
    }
}
