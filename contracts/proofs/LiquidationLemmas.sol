// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IndexMath } from "../src/market/IndexMath.sol";
import { LiquidationMath } from "../src/market/LiquidationMath.sol";

/// @title What the model checker proves about liquidation
contract LiquidationLemmas {
    uint256 private constant WAD = IndexMath.WAD;

    /// @notice A bonus of at most `of / per − 1`, rounded down, keeps (1 + bonus) · per ≤ of. With (health, LTV) seizing never lowers
    /// health; with (value, debt) no partial liquidation makes bad debt.
    function cappedBonusKeeps(uint128 numerator, uint128 per) external pure {
        require(per > 0 && numerator >= per);
        uint256 quotient = uint256(numerator) * WAD / per;
        uint256 capped = quotient - WAD;
        assert((WAD + capped) * per <= uint256(numerator) * WAD);
    }

    /// @notice Nobody repays more than the debt.
    function repayIsAtMostTheDebt(uint128 debt, uint128 weighted, uint64 lltv, uint64 bonus, uint128 dust)
        external
        pure
    {
        uint256 target = 1.05e18;
        require(debt > 0 && weighted < debt && lltv < WAD && (WAD + bonus) * lltv / WAD < WAD);
        assert(LiquidationMath.repayToTarget(debt, weighted, lltv, bonus, target, dust) <= debt);
    }
}
