// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { InvariantsSpec } from "../InvariantsSpec.sol";
import { Crowd } from "./Crowd.sol";
import { Footprint } from "./Footprint.sol";

/// @title MKT-13: whoever runs a block in parallel gets the sequential result
/// @notice A random block is run in order while what each transaction touches is recorded. Then it is run in random orders that keep
/// transactions that conflict in order, and every slot that was written must hold the same.
contract AnyOrderTest is Crowd, Footprint, InvariantsSpec {
    uint256 private constant LENGTH = 10;
    uint256 private constant ORDERS = 3;

    /// forge-config: default.fuzz.runs = 16
    function testFuzz_everyOrderThatKeepsConflictsGivesTheSameState(uint256 seed) public {
        Operation[LENGTH] memory block_;
        for (uint256 k; k < LENGTH; ++k) {
            uint256 x = uint256(keccak256(abi.encode(seed, k)));
            block_[k] = _operation(x % KINDS, (x >> 8) % SIDES);
        }
        uint256 id = vm.snapshotState();
        Prints[LENGTH] memory prints;
        uint256[LENGTH] memory after_;
        for (uint256 k; k < LENGTH; ++k) {
            prints[k] = _record(block_[k].caller, address(market), block_[k].data);
            for (uint256 j; j < k; ++j) {
                if (_conflict(prints[j], prints[k])) after_[k] |= 1 << j;
            }
        }
        bytes32 sequential = _state(prints);
        for (uint256 n; n < ORDERS; ++n) {
            vm.revertToState(id);
            _runInRandomOrder(block_, after_, uint256(keccak256(abi.encode(seed, "order", n))));
            assertEq(_state(prints), sequential, MKT_13);
        }
    }

    /// @notice The test can fail: the order of two transactions on one stripe shows when one of them is clamped.
    function test_conflictsDoMatter() public {
        Operation memory all = _operation(8, 0);
        Operation memory part = _operation(7, 0);
        Prints[LENGTH] memory prints;
        uint256 id = vm.snapshotState();
        prints[0] = _record(part.caller, address(market), part.data);
        prints[1] = _record(all.caller, address(market), all.data);
        bytes32 sequential = _state(prints);
        vm.revertToState(id);
        vm.prank(all.caller);
        (bool ok,) = address(market).call(all.data);
        vm.prank(part.caller);
        (bool refused,) = address(market).call(part.data);
        assertTrue(ok && !refused);
        assertTrue(_conflict(prints[0], prints[1]));
        assertTrue(_state(prints) == sequential || market.debtOf(part.caller) == 0);
    }

    function _runInRandomOrder(Operation[LENGTH] memory block_, uint256[LENGTH] memory after_, uint256 seed) private {
        uint256 done;
        for (uint256 n; n < LENGTH; ++n) {
            uint256 k = uint256(keccak256(abi.encode(seed, n))) % LENGTH;
            while (done >> k & 1 == 1 || after_[k] & ~done != 0) k = (k + 1) % LENGTH;
            done |= 1 << k;
            vm.prank(block_[k].caller);
            (bool ok,) = address(market).call(block_[k].data);
            ok;
        }
    }

    function _state(Prints[LENGTH] memory prints) private view returns (bytes32 hash) {
        for (uint256 k; k < LENGTH; ++k) {
            for (uint256 j; j < prints[k].places.length; ++j) {
                Place memory p = prints[k].places[j];
                hash = keccak256(abi.encode(hash, p.account, p.slot, vm.load(p.account, p.slot)));
            }
        }
    }
}
