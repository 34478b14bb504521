// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { CollateralConfig } from "../../src/interfaces/IMarketTypes.sol";
import { IOracle } from "../../src/interfaces/IOracle.sol";
import { Solvency } from "./Solvency.sol";

/// @title Health of a position without rounding
library ExactHealth {
    using Solvency for IMarket;

    /// @param weighted Σ amount · ask · liquidation LTV in basis points
    /// @param owed scaled debt · index
    struct Pair {
        uint256 weighted;
        uint256 owed;
    }

    function healthOf(IMarket market, address who) internal view returns (Pair memory pair) {
        uint256 count = market.collateralCount();
        for (uint256 i; i < count; ++i) {
            CollateralConfig memory k = market.collateral(i);
            (, uint256 ask) = IOracle(k.oracle).quote();
            pair.weighted += market.collateralOf(who, i) * ask * k.liquidationLtvBps;
        }
        pair.owed = market.positionOf(who).debt * market.indexNow();
    }

    /// @notice a.weighted / a.owed <= b.weighted / b.owed, by products of 512 bits.
    function isAtMost(Pair memory a, Pair memory b) internal pure returns (bool) {
        (uint256 highA, uint256 lowA) = _product(a.weighted, b.owed);
        (uint256 highB, uint256 lowB) = _product(b.weighted, a.owed);
        return highA < highB || (highA == highB && lowA <= lowB);
    }

    function _product(uint256 x, uint256 y) private pure returns (uint256 high, uint256 low) {
        assembly {
            let mm := mulmod(x, y, not(0))
            low := mul(x, y)
            high := sub(sub(mm, low), lt(mm, low))
        }
    }
}
