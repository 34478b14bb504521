// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { PriceGuard } from "../../src/oracle/PriceGuard.sol";
import { Base } from "../Base.sol";
import { StubSource } from "../oracle/StubSources.sol";

/// @title One source in the hands of an attacker
contract ThinSpotOracleTest is Base {
    uint256 private constant HONEST = 2_000e24;
    uint256 private constant FIVE_PERCENT = 500;

    StubSource private honest;
    StubSource private spot;
    PriceGuard private guard;

    function setUp() public {
        honest = new StubSource(HONEST);
        spot = new StubSource(HONEST);
        guard = new PriceGuard(honest, spot, FIVE_PERCENT, 100_000);
    }

    // Mango, October 2022, and Cream, October 2021: the attacker pumped a thin market (or a share price) that the
    // lender read, and borrowed the treasury against it.
    function test_mango_pumpedSourceBorrowsNothing() public {
        spot.set(HONEST * 30, true);
        (uint256 bid,) = guard.quote();
        assertEq(bid, 0);
    }

    // The pump stays inside the allowed deviation: it still adds nothing, because the lower price counts.
    function testFuzz_mango_smallPumpAddsNoBorrowingPower(uint256 price) public {
        spot.set(bound(price, HONEST, type(uint192).max), true);
        (uint256 bid,) = guard.quote();
        assertLe(bid, HONEST);
    }

    // The other way round (Aave CRV, November 2022; many thin pools): a dumped source makes healthy loans look bad.
    function testFuzz_dumpedSourceLiquidatesNobody(uint256 price, bool live) public {
        spot.set(bound(price, 0, HONEST), live);
        (, uint256 ask) = guard.quote();
        assertEq(ask, HONEST);
    }

    // Seizing too: a liquidator who pays at a dumped price would take too much collateral.
    function testFuzz_seizingIsAtTheHighestPrice(uint256 price) public {
        spot.set(bound(price, 1, type(uint192).max), true);
        (, uint256 ask) = guard.quote();
        assertGe(ask, HONEST);
    }

    // Honest users keep working while the attacker stays within the deviation.
    function test_withinTheDeviationNothingStops() public {
        spot.set(HONEST * 10_500 / 10_000, true);
        (uint256 bid, uint256 ask) = guard.quote();
        assertEq(bid, HONEST);
        assertEq(ask, HONEST * 10_500 / 10_000);
    }
}
