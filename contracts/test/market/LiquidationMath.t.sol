// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { LiquidationMath } from "../../src/market/LiquidationMath.sol";
import { Base } from "../Base.sol";

/// @title What a liquidator may repay and what it buys
contract LiquidationMathTest is Base {
    uint256 private constant WAD = 1e18;

    /// @notice At most the maximum, at most what keeps health, at most what keeps value over debt; zero at health one.
    function testFuzz_bonus(uint256 debt, uint256 value, uint256 weighted, uint256 lltv, uint256 most) public pure {
        debt = bound(debt, 1, 1e30);
        value = bound(value, debt * 101 / 100 + 1, 2e30);
        weighted = bound(weighted, 0, debt - 1);
        lltv = bound(lltv, 0.01e18, 0.98e18);
        most = bound(most, 0.01e18, 0.5e18);
        (bool viable, uint256 earned) = LiquidationMath.bonus(debt, value, weighted, lltv, most);
        if (!viable) {
            assertLt(weighted * WAD / debt, lltv);
            return;
        }
        assertLe(earned, most);
        // (1 + bonus) · LLTV ≤ health, and (1 + bonus) · debt ≤ value.
        assertLe((WAD + earned) * lltv / WAD * debt, weighted * WAD);
        assertLe((WAD + earned) * debt, value * WAD);
        assertLe(earned, 2 * (WAD - weighted * WAD / debt));
    }

    function testFuzz_repayToTarget(uint256 debt, uint256 weighted, uint256 lltv, uint256 target, uint256 dust)
        public
        pure
    {
        debt = bound(debt, 1, 1e30);
        weighted = bound(weighted, 0, debt - 1);
        lltv = bound(lltv, 0.01e18, 0.9e18);
        target = bound(target, WAD + 1e14, 2e18);
        dust = bound(dust, 0, 1e12);
        uint256 earned = 0.1e18;
        uint256 repay = LiquidationMath.repayToTarget(debt, weighted, lltv, earned, target, dust);
        assertLe(repay, debt);
        assertTrue(repay == debt || debt - repay >= dust);
        if (repay < debt) {
            // What is left meets the target: (W − (1+b)·LLTV·repay) ≥ target · (D − repay).
            uint256 taken = (WAD + earned) * lltv / WAD * repay;
            if (taken <= weighted * WAD) assertGe(weighted * WAD - taken + WAD, target * (debt - repay));
        }
    }

    function testFuzz_closeOut(uint256 debt, uint256 value, uint256 most) public pure {
        debt = bound(debt, 1, 1e30);
        value = bound(value, 0, 2e30);
        most = bound(most, 0.01e18, 0.5e18);
        if (!LiquidationMath.isCloseOut(debt, value)) {
            assertGe(value * WAD, debt * 1.01e18);
            return;
        }
        uint256 earned = LiquidationMath.closeOutBonus(debt, value, most);
        assertGe(earned, 0.01e18);
        assertLe(earned, most);
        uint256 price = LiquidationMath.priceOf(value, earned);
        assertGe(price * (WAD + earned), value * WAD);
        assertLe(price, debt + 1);
    }
}
