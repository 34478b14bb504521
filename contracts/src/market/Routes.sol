// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Route } from "../interfaces/IMarketTypes.sol";

/// @notice Reads a `Route` (see its declaration for the layout).
library Routes {
    uint256 internal constant OWNER_PAYS = 1;

    function ownerPays(Route route) internal pure returns (bool) {
        return Route.unwrap(route) & OWNER_PAYS != 0;
    }

    function count(Route route) internal pure returns (uint256) {
        return uint8(Route.unwrap(route) >> 8);
    }

    function till(Route route, uint256 k) internal pure returns (uint256) {
        return uint8(Route.unwrap(route) >> (16 + 8 * k));
    }
}
