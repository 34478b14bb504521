// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { EnumerableRoles } from "solady/auth/EnumerableRoles.sol";
import { TimedRoles } from "solady/auth/TimedRoles.sol";
import { EnumerableSetLib } from "solady/utils/EnumerableSetLib.sol";
import { Initializable } from "solady/utils/Initializable.sol";
import { LibBitmap } from "solady/utils/LibBitmap.sol";
import { RedBlackTreeLib } from "solady/utils/RedBlackTreeLib.sol";
import { ReentrancyGuard } from "solady/utils/ReentrancyGuard.sol";

contract Drawer is EnumerableRoles, TimedRoles, Initializable, ReentrancyGuard {
    using EnumerableSetLib for EnumerableSetLib.AddressSet;
    using EnumerableSetLib for EnumerableSetLib.Uint256Set;
    using RedBlackTreeLib for RedBlackTreeLib.Tree;
    using LibBitmap for LibBitmap.Bitmap;

    uint256 internal gap;
    EnumerableSetLib.AddressSet internal members;
    EnumerableSetLib.Uint256Set internal numbers;
    RedBlackTreeLib.Tree internal tree;
    LibBitmap.Bitmap internal bits;

    function writeMembers(address who) external {
        members.add(address(1));
        members.add(address(2));
        members.add(address(3));
        members.add(who);
    }

    function writeNumbers() external {
        for (uint256 i = 10; i < 14; ++i) {
            numbers.add(i);
        }
    }

    function writeTree() external {
        tree.insert(5);
    }

    function writeBits(uint256 n) external {
        bits.set(n);
    }

    function writeRole(address who) external {
        _setRole(who, 3, true);
    }

    function writeTimedRole(address who) external {
        _setTimedRole(who, 3, 1, 2);
    }

    function writeInitialized() external initializer { }

    function writeGuard() external nonReentrant { }
}
