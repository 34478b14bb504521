// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A contract that signs: agrees to hashes (ERC-1271), does as it is told, and can change its mind
contract Wallet {
    mapping(bytes32 digest => bool) public agreed;

    function agree(bytes32 digest) external {
        agreed[digest] = true;
    }

    function regret(bytes32 digest) external {
        agreed[digest] = false;
    }

    function run(address target, bytes calldata data) external returns (bytes memory) {
        (bool ok, bytes memory out) = target.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(out, 32), mload(out))
            }
        }
        return out;
    }

    function isValidSignature(bytes32 digest, bytes calldata) external view returns (bytes4) {
        return agreed[digest] ? Wallet.isValidSignature.selector : bytes4(0);
    }
}
