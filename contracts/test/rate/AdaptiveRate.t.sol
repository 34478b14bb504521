// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { AdaptiveRate } from "../../src/rate/AdaptiveRate.sol";
import { MAX_APR, YEAR_SECONDS } from "../../src/rate/Apr.sol";
import { Base } from "../Base.sol";

contract AdaptiveRateTest is Base {
    uint256 private constant INITIAL = 0.04e18;
    uint256 private constant MIN = 0.001e18;
    uint256 private constant MAX = 2e18;
    uint256 private constant SPEED = 50e18;

    AdaptiveRate private model;

    function setUp() public {
        model = new AdaptiveRate(INITIAL, MIN, MAX, SPEED);
    }

    function test_curveAtTheInitialLevel() public {
        assertEq(model.nextRate(0, 0, 0), INITIAL / 4 / YEAR_SECONDS);
        assertEq(model.nextRate(0.45e18, 0, 0), INITIAL * 625 / 1000 / YEAR_SECONDS);
        assertEq(model.nextRate(0.9e18, 0, 0), INITIAL / YEAR_SECONDS);
        assertEq(model.nextRate(0.95e18, 0, 0), INITIAL * 25 / 10 / YEAR_SECONDS);
        assertEq(model.nextRate(1e18, 0, 0), INITIAL * 4 / YEAR_SECONDS);
    }

    function test_levelStaysAtTheTarget() public {
        for (uint256 i; i < 100; ++i) {
            model.nextRate(0.9e18, 0, 1 days);
        }
        assertEq(model.levelOf(address(this)), INITIAL);
    }

    /// ln 2 / 50 of a year is 5.06 days.
    function test_levelDoublesInFiveDaysAtFullUse() public {
        for (uint256 i; i < 506; ++i) {
            model.nextRate(1e18, 0, 864);
        }
        assertApproxEqRel(model.levelOf(address(this)), 2 * INITIAL, 0.001e18);
    }

    function test_levelHalvesInFiveDaysWhenUnused() public {
        for (uint256 i; i < 506; ++i) {
            model.nextRate(0, 0, 864);
        }
        assertApproxEqRel(model.levelOf(address(this)), INITIAL / 2, 0.001e18);
    }

    function test_levelIsClamped() public {
        for (uint256 i; i < 40; ++i) {
            model.nextRate(1e18, 0, 1 days);
        }
        assertEq(model.levelOf(address(this)), MAX);
        for (uint256 i; i < 80; ++i) {
            model.nextRate(0, 0, 1 days);
        }
        assertEq(model.levelOf(address(this)), MIN);
    }

    /// One glance at a market that slept for a year moves it by a day's worth: e^(50/365) = 1.1468.
    function test_oneSampleCountsForADayAtMost() public {
        model.nextRate(1e18, 0, 365 days);
        assertApproxEqRel(model.levelOf(address(this)), INITIAL * 11_468 / 10_000, 0.0001e18);
    }

    function test_marketsDoNotShareALevel() public {
        vm.prank(address(1));
        model.nextRate(1e18, 0, 1 days);
        assertEq(model.levelOf(address(this)), INITIAL);
        assertGt(model.levelOf(address(1)), INITIAL);
    }

    function test_oneSlotPerCall() public {
        vm.record();
        model.nextRate(1e18, 0, 1 days);
        (, bytes32[] memory writes) = vm.accesses(address(model));
        assertEq(writes.length, 1);
    }

    /// Two short samples move the level as one long sample does, up to rounding.
    function testFuzz_samplingTwiceIsSamplingOnce(uint256 utilisation, uint256 x, uint256 y) public {
        utilisation = bound(utilisation, 0, 1e18);
        x = bound(x, 0, 12 hours);
        y = bound(y, 0, 12 hours);
        model.nextRate(utilisation, 0, x + y);
        vm.startPrank(address(1));
        model.nextRate(utilisation, 0, x);
        model.nextRate(utilisation, 0, y);
        vm.stopPrank();
        assertApproxEqRel(model.levelOf(address(1)), model.levelOf(address(this)), 1e6);
    }

    function testFuzz_neverRevertsAndIsCapped(uint256[4] memory config, uint256[9] memory calls) public {
        uint256 max = bound(config[2], 1, MAX_APR / 4);
        uint256 min = bound(config[1], 1, max);
        AdaptiveRate any = new AdaptiveRate(bound(config[0], min, max), min, max, bound(config[3], 0, 1_000e18));
        for (uint256 i; i < 9; i += 3) {
            uint256 next = any.nextRate(calls[i], calls[i + 1], calls[i + 2]);
            assertLe(next, MAX_APR / YEAR_SECONDS);
            assertGe(any.levelOf(address(this)), min);
            assertLe(any.levelOf(address(this)), max);
        }
    }

    function testFuzz_risesWithUtilisation(uint256 low, uint256 high, uint256 elapsed) public {
        low = bound(low, 0, 1e18);
        high = bound(high, low, 1e18);
        vm.prank(address(1));
        uint256 lowRate = model.nextRate(low, 0, elapsed);
        vm.prank(address(2));
        uint256 highRate = model.nextRate(high, 0, elapsed);
        assertLe(lowRate, highRate);
    }

    function test_constructorRejects() public {
        vm.expectRevert(abi.encodeWithSelector(AdaptiveRate.LevelOutOfRange.selector, 0, MAX, INITIAL));
        new AdaptiveRate(INITIAL, 0, MAX, SPEED);
        vm.expectRevert(abi.encodeWithSelector(AdaptiveRate.LevelOutOfRange.selector, MIN, MAX, MIN - 1));
        new AdaptiveRate(MIN - 1, MIN, MAX, SPEED);
        vm.expectRevert(abi.encodeWithSelector(AdaptiveRate.LevelOutOfRange.selector, MIN, MAX, MAX + 1));
        new AdaptiveRate(MAX + 1, MIN, MAX, SPEED);
        vm.expectRevert(abi.encodeWithSelector(AdaptiveRate.RateTooHigh.selector, MAX_APR / 4, MAX_APR));
        new AdaptiveRate(INITIAL, MIN, MAX_APR, SPEED);
        vm.expectRevert(abi.encodeWithSelector(AdaptiveRate.SpeedTooHigh.selector, 1_000e18, 1_000e18 + 1));
        new AdaptiveRate(INITIAL, MIN, MAX, 1_000e18 + 1);
    }
}
