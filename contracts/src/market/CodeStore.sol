// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { SSTORE2 } from "solady/utils/SSTORE2.sol";

/// @notice Keeps creation code as the code of contracts that can only be read, so that a factory can deploy what it cannot contain.
contract CodeStore {
    event Stored(bytes32 indexed hash, address pointer);

    /// @notice Stores one chunk, at most 24,575 bytes.
    function store(bytes calldata chunk) external returns (address pointer) {
        pointer = SSTORE2.write(chunk);
        emit Stored(keccak256(chunk), pointer);
    }
}
