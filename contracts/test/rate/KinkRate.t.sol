// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MAX_APR, YEAR_SECONDS } from "../../src/rate/Apr.sol";
import { KinkRate } from "../../src/rate/KinkRate.sol";
import { Base } from "../Base.sol";

contract KinkRateTest is Base {
    KinkRate private model;

    function setUp() public {
        model = new KinkRate(0.01e18, 0.04e18, 0.8e18, 0.75e18);
    }

    function test_knownPoints() public view {
        _assertApr(0, 0.01e18);
        _assertApr(0.4e18, 0.03e18);
        _assertApr(0.8e18, 0.05e18);
        _assertApr(0.9e18, 0.425e18);
        _assertApr(1e18, 0.8e18);
    }

    function test_utilisationAboveOneCountsAsOne() public view {
        _assertApr(1e18 + 1, 0.8e18);
        _assertApr(type(uint256).max, 0.8e18);
    }

    function testFuzz_neverRevertsAndIsCapped(
        uint256 base,
        uint256 slope1,
        uint256 kink,
        uint256 slope2,
        uint256 utilisation,
        uint256 rate,
        uint256 elapsed
    ) public {
        base = bound(base, 0, MAX_APR);
        slope1 = bound(slope1, 0, MAX_APR - base);
        slope2 = bound(slope2, 0, MAX_APR - base - slope1);
        KinkRate any = new KinkRate(base, slope1, bound(kink, 1, 1e18 - 1), slope2);
        uint256 next = any.nextRate(utilisation, rate, elapsed);
        assertGe(next, base / YEAR_SECONDS);
        assertLe(next, MAX_APR / YEAR_SECONDS);
    }

    function testFuzz_risesWithUtilisation(uint256 low, uint256 high) public view {
        low = bound(low, 0, 1e18);
        high = bound(high, low, 1e18);
        assertLe(model.nextRate(low, 0, 0), model.nextRate(high, 0, 0));
    }

    function test_constructorRejects() public {
        vm.expectRevert(abi.encodeWithSelector(KinkRate.KinkOutOfRange.selector, 1e18, 0));
        new KinkRate(0, 0, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(KinkRate.KinkOutOfRange.selector, 1e18, 1e18));
        new KinkRate(0, 0, 1e18, 0);
        uint256 much = MAX_APR + 1;
        bytes memory tooHigh = abi.encodeWithSelector(KinkRate.RateTooHigh.selector, MAX_APR, much);
        vm.expectRevert(tooHigh);
        new KinkRate(much, 0, 1, 0);
        vm.expectRevert(tooHigh);
        new KinkRate(0, much, 1, 0);
        vm.expectRevert(tooHigh);
        new KinkRate(0, 0, 1, much);
        vm.expectRevert(tooHigh);
        new KinkRate(1, MAX_APR / 2, 1, MAX_APR / 2);
    }

    function _assertApr(uint256 utilisation, uint256 apr) private view {
        assertEq(model.nextRate(utilisation, 0, 0), apr / YEAR_SECONDS);
    }
}
