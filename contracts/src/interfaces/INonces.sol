// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Nonces that need no order
/// @notice Each party has words of 256 nonces, a bit for each: nonce `n` is bit `n % 256` of word `n / 256`. A word that was
/// used before is cheap to use again, and no party ever touches another one's.
interface INonces {
    /// @notice Nonces were used up by their owner before anybody else could.
    event NoncesCancelled(address indexed party, uint256 indexed word, uint256 mask);

    error NonceUsed(address party, uint256 nonce);

    /// @notice Uses up the caller's nonces whose bits are set in `mask`, so that nothing signed with them is accepted any more.
    function cancelNonces(uint256 word, uint256 mask) external;

    /// @notice The bits of a word that are used.
    function noncesOf(address party, uint256 word) external view returns (uint256 used);
}
