// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IPriceSource } from "../../src/interfaces/IPriceSource.sol";
import { PriceGuard } from "../../src/oracle/PriceGuard.sol";
import { MAX_PRICE } from "../../src/oracle/PriceScale.sol";
import { Base } from "../Base.sol";
import { BrokenSource, HungrySource, StubSource } from "./StubSources.sol";

contract PriceGuardTest is Base {
    uint256 private constant GAS = 100_000;
    uint256 private constant FIVE_PERCENT = 500;
    IPriceSource private constant NONE = IPriceSource(address(0));

    StubSource private a;
    StubSource private b;
    PriceGuard private guard;

    function setUp() public {
        a = new StubSource(1_000);
        b = new StubSource(1_010);
        guard = new PriceGuard(a, b, FIVE_PERCENT, GAS);
    }

    function test_closeSourcesGiveLowerAndHigher() public view {
        _assertQuote(guard, 1_000, 1_010);
    }

    function test_orderOfSourcesDoesNotMatter() public {
        _assertQuote(new PriceGuard(b, a, FIVE_PERCENT, GAS), 1_000, 1_010);
    }

    function test_deviationIsInclusive() public {
        b.set(1_050, true);
        _assertQuote(guard, 1_000, 1_050);
        b.set(1_051, true);
        _assertQuote(guard, 0, 1_051);
    }

    function test_oneDeadSourceStopsBorrowingOnly() public {
        a.set(1_000, false);
        _assertQuote(guard, 0, 1_010);
        a.set(1_000, true);
        b.set(1_010, false);
        _assertQuote(guard, 0, 1_000);
    }

    function test_bothDead() public {
        a.set(1_000, false);
        b.set(1_010, false);
        _assertQuote(guard, 0, 0);
    }

    function test_zeroAndTooLargePricesAreDead() public {
        a.set(0, true);
        _assertQuote(guard, 0, 1_010);
        a.set(MAX_PRICE + 1, true);
        _assertQuote(guard, 0, 1_010);
        a.set(type(uint256).max, true);
        _assertQuote(guard, 0, 1_010);
        a.set(MAX_PRICE, true);
        _assertQuote(guard, 0, MAX_PRICE);
    }

    function test_singleSource() public {
        PriceGuard single = new PriceGuard(a, NONE, 0, GAS);
        _assertQuote(single, 1_000, 1_000);
        a.set(1_000, false);
        _assertQuote(single, 0, 0);
    }

    function test_brokenSourcesAreDeadAndBounded() public {
        for (uint256 kind; kind <= uint256(type(BrokenSource.Kind).max); ++kind) {
            IPriceSource broken = IPriceSource(address(new BrokenSource(BrokenSource.Kind(kind))));
            PriceGuard withBroken = new PriceGuard(broken, b, FIVE_PERCENT, GAS);
            uint256 before = gasleft();
            (uint256 bid, uint256 ask) = withBroken.quote();
            uint256 used = before - gasleft();
            assertEq(bid, 0, vm.toString(kind));
            assertEq(ask, 1_010, vm.toString(kind));
            assertLt(used, GAS + 40_000, vm.toString(kind));
        }
    }

    /// What a call that failed left behind is not an answer.
    function test_revertedAnswerIsDead() public {
        vm.mockCallRevert(address(a), abi.encodeCall(IPriceSource.read, ()), abi.encode(1_000, true));
        _assertQuote(guard, 0, 1_010);
    }

    /// Whatever gas a caller forwards, it gets the true quote or none: it cannot starve the source it dislikes.
    function testFuzz_callerCannotStarveOneSource(uint256 gasLimit) public {
        IPriceSource hungry = IPriceSource(address(new HungrySource(2_000, GAS * 9 / 10)));
        PriceGuard starved = new PriceGuard(hungry, b, 9_999, GAS);
        gasLimit = bound(gasLimit, 30_000, 400_000);
        (bool ok, bytes memory data) = address(starved).staticcall{ gas: gasLimit }(abi.encodeCall(starved.quote, ()));
        if (!ok) return;
        (uint256 bid, uint256 ask) = abi.decode(data, (uint256, uint256));
        assertEq(bid, 1_010);
        assertEq(ask, 2_000);
    }

    function test_notEnoughGasNamesTheNeed() public {
        vm.expectPartialRevert(PriceGuard.NotEnoughGas.selector);
        guard.quote{ gas: GAS }();
    }

    function testFuzz_quoteNeverRevertsAndStaysOrdered(uint256 x, bool xLive, uint256 y, bool yLive, uint256 deviation)
        public
    {
        deviation = bound(deviation, 0, 9_999);
        a.set(x, xLive);
        b.set(y, yLive);
        (uint256 bid, uint256 ask) = new PriceGuard(a, b, deviation, GAS).quote();
        assertLe(bid, ask);
        assertLe(ask, MAX_PRICE);
        if (bid != 0) {
            assertTrue(xLive && yLive);
            assertEq(bid, x < y ? x : y);
            assertEq(ask, x < y ? y : x);
            assertLe((ask - bid) * 10_000, bid * deviation);
        }
    }

    /// With two sources that burn all they get, the dearest guard still answers within what a market gives.
    function test_dearestGuardAnswersWithinTheMarketsGas() public {
        IPriceSource burner = IPriceSource(address(new BrokenSource(BrokenSource.Kind.BurnsGas)));
        IPriceSource hungry = IPriceSource(address(new HungrySource(5, 219_000)));
        (uint256 bid, uint256 ask) = new PriceGuard(burner, hungry, 0, 220_000).quote{ gas: 500_000 }();
        assertEq(bid, 0);
        assertEq(ask, 5);
    }

    function test_submitReachesTheNamedSource() public {
        guard.submit(hex"01abcd");
        assertEq(b.submitted(), hex"abcd");
        assertEq(a.submitted(), "");
        guard.submit(hex"00ef");
        assertEq(a.submitted(), hex"ef");
    }

    function test_submitRejectsNonsense() public {
        vm.expectRevert(PriceGuard.EmptySubmission.selector);
        guard.submit("");
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.NoSuchSource.selector, 2, 2));
        guard.submit(hex"02");
        PriceGuard single = new PriceGuard(a, NONE, 0, GAS);
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.NoSuchSource.selector, 1, 1));
        single.submit(hex"01");
    }

    function test_constructorRejects() public {
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.SourceWithoutCode.selector, address(1)));
        new PriceGuard(IPriceSource(address(1)), b, 0, GAS);
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.SourceWithoutCode.selector, address(1)));
        new PriceGuard(a, IPriceSource(address(1)), 0, GAS);
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.SameSource.selector, address(a)));
        new PriceGuard(a, a, 0, GAS);
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.DeviationOutOfRange.selector, 9_999, 10_000));
        new PriceGuard(a, b, 10_000, GAS);
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.SourceGasTooHigh.selector, 220_000, 220_001));
        new PriceGuard(a, b, 0, 220_001);
        vm.expectRevert(abi.encodeWithSelector(PriceGuard.DeviationOutOfRange.selector, 0, 1));
        new PriceGuard(a, NONE, 1, GAS);
    }

    function _assertQuote(PriceGuard of_, uint256 expectedBid, uint256 expectedAsk) private view {
        (uint256 bid, uint256 ask) = of_.quote();
        assertEq(bid, expectedBid, "bid");
        assertEq(ask, expectedAsk, "ask");
    }
}
