// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Base } from "../Base.sol";
import { Vm } from "../Vm.sol";

/// @title What one call read and wrote
abstract contract Footprint is Base {
    /// @param reads keccak of account and slot, each once; `places` are the writes in words
    struct Prints {
        bytes32[] reads;
        bytes32[] writes;
        Place[] places;
        bool created;
        bool ok;
    }

    /// @notice A slot of an account.
    struct Place {
        address account;
        bytes32 slot;
    }

    function _record(address caller, address target, bytes memory data) internal returns (Prints memory p) {
        vm.startStateDiffRecording();
        vm.prank(caller);
        (p.ok,) = target.call(data);
        Vm.AccountAccess[] memory all = vm.stopAndReturnStateDiff();
        uint256 n;
        for (uint256 i; i < all.length; ++i) {
            n += all[i].storageAccesses.length;
            if (all[i].kind == Vm.AccountAccessKind.Create) p.created = true;
        }
        (p.reads, p.writes, p.places) = (new bytes32[](n), new bytes32[](n), new Place[](n));
        (uint256 r, uint256 w) = (0, 0);
        for (uint256 i; i < all.length; ++i) {
            for (uint256 j; j < all[i].storageAccesses.length; ++j) {
                Vm.StorageAccess memory access = all[i].storageAccesses[j];
                bytes32 key = keccak256(abi.encode(access.account, access.slot));
                if (access.isWrite) {
                    p.places[w] = Place(access.account, access.slot);
                    w = _insert(p.writes, w, key);
                } else {
                    r = _insert(p.reads, r, key);
                }
            }
        }
        _trim(p, r, w);
    }

    /// @dev One writes what the other reads or writes, or both deploy.
    function _conflict(Prints memory a, Prints memory b) internal pure returns (bool) {
        return
            _meet(a.writes, b.writes) || _meet(a.writes, b.reads) || _meet(a.reads, b.writes)
                || (a.created && b.created);
    }

    function _meet(bytes32[] memory a, bytes32[] memory b) private pure returns (bool) {
        for (uint256 i; i < a.length; ++i) {
            for (uint256 j; j < b.length; ++j) {
                if (a[i] == b[j]) return true;
            }
        }
        return false;
    }

    function _insert(bytes32[] memory list, uint256 n, bytes32 key) private pure returns (uint256) {
        for (uint256 i; i < n; ++i) {
            if (list[i] == key) return n;
        }
        list[n] = key;
        return n + 1;
    }

    function _trim(Prints memory p, uint256 r, uint256 w) private pure {
        (bytes32[] memory reads, bytes32[] memory writes, Place[] memory places) = (p.reads, p.writes, p.places);
        assembly ("memory-safe") {
            mstore(reads, r)
            mstore(writes, w)
            mstore(places, w)
        }
    }
}
