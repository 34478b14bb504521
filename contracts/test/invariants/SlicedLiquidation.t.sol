// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Lens } from "../../src/lens/Lens.sol";
import { InvariantsSpec } from "../InvariantsSpec.sol";
import { MarketFixture } from "../market/MarketFixture.sol";
import { ExactHealth } from "./ExactHealth.sol";
import { Solvency } from "./Solvency.sol";

/// @title MKT-06: a liquidator may cut as it likes
contract SlicedLiquidationTest is MarketFixture, InvariantsSpec {
    using ExactHealth for IMarket;
    using ExactHealth for ExactHealth.Pair;
    using Solvency for IMarket;

    uint256 private constant SLICES = 12;

    /// @notice Any basket, any fall, any cuts, in either collateral: each raises health or closes; the books stay whole.
    function testFuzz_everySliceRaisesHealthOrCloses(uint256 seed, uint256 ethAmount, uint256 btcAmount, uint256 fall)
        public
    {
        _open(ethAmount, btcAmount, fall);
        for (uint256 n; n < SLICES; ++n) {
            if (market.positionOf(bob).debt == 0) break;
            ExactHealth.Pair memory before = market.healthOf(bob);
            int256 surplus = market.surplusRay();
            uint256 x = uint256(keccak256(abi.encode(seed, n)));
            if (!_liquidate(x)) continue;
            ExactHealth.Pair memory later = market.healthOf(bob);
            assertTrue(later.owed == 0 || before.isAtMost(later), MKT_06);
            if (later.owed != 0) assertGe(market.surplusRay(), surplus, MKT_01);
            assertGe(market.surplusRay(), 0, MKT_01);
        }
    }

    /// @notice What a liquidator gets is never more than the bonus on what it paid; cutting does not change that.
    function testFuzz_slicesNeverEarnMoreThanTheBonus(uint256 seed, uint256 ethAmount, uint256 fall) public {
        _open(ethAmount, 0, bound(fall, 60, 93));
        uint256 loanBefore = loan.balanceOf(carol);
        uint256 ethBefore = eth.balanceOf(carol);
        (, uint256 ask) = ethOracle.quote();
        for (uint256 n; n < SLICES; ++n) {
            _liquidate(uint256(keccak256(abi.encode(seed, n))));
        }
        uint256 paid = loanBefore - loan.balanceOf(carol);
        uint256 got = (eth.balanceOf(carol) - ethBefore) * ask / 1e36;
        assertLe(got, paid * 11 / 10 + 1, MKT_07);
    }

    /// @notice A position that is liquidated in full restores the target health, or is gone.
    function testFuzz_oneLiquidationRestoresTheTarget(uint256 ethAmount, uint256 fall) public {
        _open(ethAmount, 0, bound(fall, 87, 93));
        Lens.LiquidationView memory v = lens.previewLiquidation(market, bob, 0);
        vm.assume(v.liquidatable && !v.closeOut);
        vm.prank(carol);
        market.liquidate(bob, 0, ALL, OWN, "");
        Lens.PositionView memory p = lens.position(market, bob);
        assertTrue(p.debt == 0 || p.health >= 1.05e18 - 1e12, MKT_06);
        assertLe(p.health == ALL ? 1.05e18 : p.health, 1.051e18, "no more than needed is taken");
    }

    function _open(uint256 ethAmount, uint256 btcAmount, uint256 fall) private {
        _deposit(alice, 50_000_000 * USD);
        ethAmount = bound(ethAmount, 0.1 ether, 5_000 ether);
        btcAmount = bound(btcAmount, 0, 100 * BTC);
        _pledge(bob, 0, ethAmount);
        if (btcAmount != 0) _pledge(bob, 1, btcAmount);
        _borrow(bob, lens.position(market, bob).capacity);
        skip(fall % 50 minutes);
        fall = bound(fall, 30, 95);
        ethOracle.setPrice(ETH_PRICE * fall / 100);
        btcOracle.setPrice(BTC_PRICE * (fall + fall % 5) / 100);
    }

    function _liquidate(uint256 x) private returns (bool ok) {
        uint256 most = market.debtOf(bob) >> (x % 40);
        vm.prank(carol);
        (ok,) = address(market)
            .call(
                abi.encodeCall(market.liquidate, (bob, x >> 8 & 1, x % 5 == 0 ? ALL : bound(x, 1, most + 1), OWN, ""))
            );
    }
}
