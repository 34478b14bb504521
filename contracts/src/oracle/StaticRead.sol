// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Reading a contract that may be broken or hostile
library StaticRead {
    /// @notice Calls `target` with at most `gasLimit` gas and takes the first `count` words of its answer.
    /// @dev Never reverts because of `target`: a revert, an answer that is too short, no code, or all gas burnt is
    /// `ok = false`. A longer answer is not copied, so it costs nothing here.
    function tryWords(address target, uint256 gasLimit, bytes memory data, uint256 count)
        internal
        view
        returns (bool ok, uint256[] memory words)
    {
        words = new uint256[](count);
        assembly ("memory-safe") {
            let size := mul(count, 32)
            ok := staticcall(gasLimit, target, add(data, 32), mload(data), add(words, 32), size)
            ok := and(ok, iszero(lt(returndatasize(), size)))
        }
    }
}
