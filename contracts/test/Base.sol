// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Assertions } from "./Assertions.sol";
import { InvariantTargets } from "./InvariantTargets.sol";
import { Vm, vm as cheatcodes } from "./Vm.sol";

/// @title What every test inherits: `is Base`
/// @notice Stands in for forge-std, which is not on npm.
abstract contract Base is Assertions, InvariantTargets {
    Vm internal constant vm = cheatcodes;

    // Shown by `forge test -vv`.
    event log(string message);
    event log_named_uint(string key, uint256 value);
    event log_named_int(string key, int256 value);
    event log_named_address(string key, address value);
    event log_named_bytes32(string key, bytes32 value);

    /// @notice A labelled address that is a function of `name` alone.
    function makeAddr(string memory name) internal returns (address account) {
        (account,) = makeAddrAndKey(name);
    }

    /// @notice A labelled address and the private key that signs for it.
    function makeAddrAndKey(string memory name) internal returns (address account, uint256 privateKey) {
        privateKey = uint256(keccak256(bytes(name)));
        account = vm.addr(privateKey);
        vm.label(account, name);
    }

    /// @notice Folds `x` into [min, max], both included. Values already inside stay as they are, and the extremes of
    /// uint256 map to the ends of the range, so that the fuzzer's edge cases stay edge cases.
    function bound(uint256 x, uint256 min, uint256 max) internal pure returns (uint256) {
        require(min <= max, "bound: min > max");
        if (x >= min && x <= max) return x;
        uint256 size = max - min + 1; // 0 is the whole range, where x was returned above
        if (x <= 3 && size > x) return min + x;
        if (x >= type(uint256).max - 3 && size > type(uint256).max - x) return max - (type(uint256).max - x);
        if (x > max) {
            uint256 over = (x - max) % size;
            return over == 0 ? max : min + over - 1;
        }
        uint256 under = (min - x) % size;
        return under == 0 ? min : max - under + 1;
    }

    /// @notice Folds a signed `x` into [min, max], both included.
    function bound(int256 x, int256 min, int256 max) internal pure returns (int256) {
        require(min <= max, "bound: min > max");
        uint256 folded = bound(_shift(x), _shift(min), _shift(max));
        unchecked {
            return int256(folded - (uint256(1) << 255));
        }
    }

    /// @notice Moves time forward, and the block number by one.
    function skip(uint256 elapsedSeconds) internal {
        vm.warp(vm.getBlockTimestamp() + elapsedSeconds);
        vm.roll(vm.getBlockNumber() + 1);
    }

    /// @notice Moves time back.
    function rewind(uint256 elapsedSeconds) internal {
        vm.warp(vm.getBlockTimestamp() - elapsedSeconds);
    }

    function _shift(int256 x) private pure returns (uint256) {
        unchecked {
            return uint256(x) + (uint256(1) << 255);
        }
    }
}
