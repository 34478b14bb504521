// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { InvariantsSpec } from "../InvariantsSpec.sol";
import { Crowd } from "./Crowd.sol";
import { Footprint } from "./Footprint.sol";

/// @title MKT-12, for every pair of operations
contract DisjointOperationsTest is Crowd, Footprint, InvariantsSpec {
    function test_everyPairOnDifferentStripesIsDisjoint() public {
        Prints[KINDS] memory first;
        Prints[KINDS] memory second;
        for (uint256 kind; kind < KINDS; ++kind) {
            first[kind] = _prints(kind, 0);
            second[kind] = _prints(kind, 1);
        }
        for (uint256 a; a < KINDS; ++a) {
            assertTrue(first[a].ok, string.concat("operation ", vm.toString(a), " failed"));
            assertTrue(first[a].writes.length != 0, "nothing was recorded");
            assertFalse(first[a].created, "a till was deployed");
            for (uint256 b; b < KINDS; ++b) {
                assertFalse(
                    _conflict(first[a], second[b]), string.concat(MKT_12, ": ", vm.toString(a), " and ", vm.toString(b))
                );
            }
        }
    }

    /// @notice The recorder is not blind: two strangers on one stripe meet, and so do a deposit and a withdrawal there.
    function test_oneStripeConflicts() public {
        Prints memory deposit = _prints(0, 0);
        assertTrue(_conflict(deposit, _prints(2, 0)), "supply and withdraw of one stripe");
        vm.prank(dave);
        loan.approve(address(market), ALL);
        Prints memory stranger =
            _recordAndRevert(dave, abi.encodeCall(market.supply, (1 * USD, dave, _via(sides[0].base), "")));
        assertTrue(stranger.ok);
        assertTrue(_conflict(deposit, stranger), "supply and supply of one stripe");
    }

    /// @notice A checkpoint is the one thing that everybody meets.
    function test_checkpointConflictsWithAll() public {
        skip(2 minutes);
        Prints memory settled = _recordAndRevert(carol, abi.encodeCall(market.checkpoint, ()));
        assertTrue(_conflict(settled, _prints(0, 0)));
        assertTrue(_conflict(settled, _prints(6, 1)));
    }

    /// @notice One that is not due writes nothing: nobody can make strangers wait with it.
    function test_checkpointThatIsNotDueWritesNothing() public {
        skip(2 minutes);
        market.checkpoint();
        skip(30 seconds);
        Prints memory idle = _recordAndRevert(carol, abi.encodeCall(market.checkpoint, ()));
        assertEq(idle.writes.length, 0, MKT_12);
    }

    /// @notice Supply and borrowing of one stripe keep separate slots.
    function test_supplyAndBorrowOfOneStripeDiffer() public {
        Prints memory borrow = _prints(6, 0);
        Prints memory repay = _prints(7, 0);
        Prints memory supply = _recordAndRevert(
            dave, abi.encodeCall(market.supply, (1 * USD, dave, _via(sides[0].base, sides[0].base + 1), ""))
        );
        // Only the till is common: its token balance.
        assertEq(_common(borrow.writes, supply.writes), 1);
        assertEq(_common(repay.writes, supply.writes), 1);
    }

    function _common(bytes32[] memory a, bytes32[] memory b) private pure returns (uint256 n) {
        for (uint256 i; i < a.length; ++i) {
            for (uint256 j; j < b.length; ++j) {
                if (a[i] == b[j]) ++n;
            }
        }
    }

    function _prints(uint256 kind, uint256 side) private returns (Prints memory) {
        Operation memory o = _operation(kind, side);
        return _recordAndRevert(o.caller, o.data);
    }

    function _recordAndRevert(address caller, bytes memory data) private returns (Prints memory p) {
        uint256 id = vm.snapshotState();
        p = _record(caller, address(market), data);
        vm.revertToStateAndDelete(id);
    }
}
