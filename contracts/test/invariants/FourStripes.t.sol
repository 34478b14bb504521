// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MarketInvariants } from "./MarketInvariants.sol";

/// forge-config: default.invariant.fail-on-revert = true
contract FourStripesTest is MarketInvariants {
    function _stripes() internal pure override returns (uint8) {
        return 4;
    }
}
