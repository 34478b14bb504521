// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Accrual, Terms, Totals } from "../../src/interfaces/IMarketTypes.sol";
import { IndexMath } from "../../src/market/IndexMath.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title What the books of a market hold and owe, exactly
library Solvency {
    /// @notice R times 1e27: nothing is rounded. Fits: debt and shares below 2^128, index and price below 2^113.
    function surplusRay(IMarket market) internal view returns (int256) {
        Totals memory sum = market.totals();
        Terms memory terms = market.terms();
        return sum.cash * int256(IndexMath.RAY) + int256(sum.debt * indexNow(market))
            - int256(sum.shares * market.accrual().price) - int256(uint256(terms.reserve) * IndexMath.RAY);
    }

    function indexNow(IMarket market) internal view returns (uint256) {
        Accrual memory a = market.accrual();
        return IndexMath.grownUp(a.index, market.terms().rate, block.timestamp - a.settledAt);
    }

    function ceilingNow(IMarket market) internal view returns (uint256) {
        Accrual memory a = market.accrual();
        return IndexMath.grownUp(a.price, market.terms().rate, block.timestamp - a.settledAt);
    }

    function tillsHold(IMarket market, address token, uint256 stripes) internal view returns (uint256 sum) {
        for (uint256 j; j < stripes; ++j) {
            sum += IERC20(token).balanceOf(market.tillOf(j));
        }
    }
}
