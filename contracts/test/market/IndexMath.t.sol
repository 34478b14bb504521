// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IndexMath } from "../../src/market/IndexMath.sol";
import { Base } from "../Base.sol";

/// @title Rounding has a direction, and the name says which
/// @notice Over the whole range that the market uses; `contracts/proofs` proves what the solver can.
contract IndexMathTest is Base {
    uint256 private constant RAY = 1e27;
    uint256 private constant WAD = 1e18;

    function testFuzz_grown(uint256 index, uint256 rate, uint256 elapsed, uint256 more) public pure {
        index = bound(index, 0, type(uint112).max);
        rate = bound(rate, 0, IndexMath.MAX_RATE);
        elapsed = bound(elapsed, 0, type(uint32).max);
        more = bound(more, 0, type(uint32).max - elapsed);
        uint256 up = IndexMath.grownUp(index, rate, elapsed);
        uint256 down = IndexMath.grownDown(index, rate, elapsed);
        assertGe(down, index);
        assertTrue(up == down || up == down + 1);
        assertLe(up * WAD, index * WAD + index * rate * elapsed + WAD - 1);
        assertGe(up * WAD, index * WAD + index * rate * elapsed);
        assertGe(IndexMath.grownUp(index, rate, elapsed + more), up);
        // Two steps are at least one: whoever checkpoints lowers nobody's debt.
        assertGe(IndexMath.grownUp(up, rate, more) + 1, IndexMath.grownUp(index, rate, elapsed + more));
    }

    function testFuzz_unitsAndWorth(uint256 amount, uint256 index) public pure {
        amount = bound(amount, 0, type(uint120).max);
        index = bound(index, 1, type(uint112).max);
        assertLe(IndexMath.worthDown(amount, index) * RAY, amount * index);
        assertGe(IndexMath.worthUp(amount, index) * RAY, amount * index);
        assertLe(IndexMath.worthUp(amount, index) - IndexMath.worthDown(amount, index), 1);
        assertLe(IndexMath.unitsDown(amount, index) * index, amount * RAY);
        assertGe(IndexMath.unitsUp(amount, index) * index, amount * RAY);
        // There and back never gains.
        assertLe(IndexMath.worthDown(IndexMath.unitsDown(amount, index), index), amount);
        assertGe(IndexMath.worthUp(IndexMath.unitsUp(amount, index), index), amount);
        assertLe(IndexMath.unitsDown(IndexMath.worthDown(amount, index), index), amount);
        assertGe(IndexMath.unitsUp(IndexMath.worthUp(amount, index), index), amount);
    }

    function test_zeroIndex() public pure {
        assertEq(IndexMath.unitsDown(5, 0), 0);
        assertEq(IndexMath.worthDown(5, 0), 0);
        assertEq(IndexMath.worthUp(5, 0), 0);
    }

    function testFuzz_slewed(uint256 rate, uint256 target, uint256 elapsed) public pure {
        rate = bound(rate, 0, IndexMath.MAX_RATE);
        elapsed = bound(elapsed, 0, 3650 days);
        uint256 next = IndexMath.slewed(rate, target, elapsed);
        uint256 goal = target > IndexMath.MAX_RATE ? IndexMath.MAX_RATE : target;
        uint256 step = (rate > IndexMath.MIN_SLEW ? rate : IndexMath.MIN_SLEW) * elapsed / 1 hours;
        assertLe(next, IndexMath.MAX_RATE);
        assertLe(next > rate ? next - rate : rate - next, step);
        // It is between where it was and where it goes, and gets there when it can.
        assertTrue((next >= rate && next <= goal) || (next <= rate && next >= goal));
        if ((goal > rate ? goal - rate : rate - goal) <= step) assertEq(next, goal);
    }

    function testFuzz_utilisation(uint256 owed, int256 cash) public pure {
        owed = bound(owed, 0, type(uint128).max);
        cash = bound(cash, -int256(uint256(type(uint128).max)), int256(uint256(type(uint128).max)));
        uint256 u = IndexMath.utilisation(owed, cash);
        assertLe(u, WAD);
        if (owed == 0) assertEq(u, 0);
        else if (cash <= 0) assertEq(u, WAD);
        else assertEq(u, owed * WAD / (owed + uint256(cash)));
    }

    function testFuzz_clamp(uint256 assets, uint256 debt, uint256 index) public pure {
        debt = bound(debt, 0, type(uint120).max);
        index = bound(index, RAY, type(uint112).max);
        assets = bound(assets, 0, type(uint128).max);
        (uint256 repaid, uint256 scaled) = IndexMath.clamp(assets, debt, index);
        assertLe(repaid, assets);
        assertLe(scaled, debt);
        // What is struck off is never worth more than what is paid.
        assertLe(scaled * index, repaid * RAY);
        if (assets >= IndexMath.worthUp(debt, index)) assertEq(scaled, debt);
    }

    function testFuzz_ceilDiv(uint256 a, uint256 b) public pure {
        b = bound(b, 1, ALL);
        uint256 q = IndexMath.ceilDiv(a, b);
        assertEq(q, a / b + (a % b == 0 ? 0 : 1));
    }

    uint256 private constant ALL = type(uint256).max;
}
