// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MarketInvariants } from "./MarketInvariants.sol";

/// @dev A call of the handler is one transaction already.
/// forge-config: default.isolate = false
/// forge-config: default.invariant.fail-on-revert = true
contract FourStripesTest is MarketInvariants {
    function _stripes() internal pure override returns (uint8) {
        return 4;
    }
}
