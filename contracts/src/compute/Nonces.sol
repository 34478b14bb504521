// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { INonces } from "../interfaces/INonces.sol";

/// @notice Bitmaps of used nonces, by party.
abstract contract Nonces is INonces {
    /// @inheritdoc INonces
    mapping(address party => mapping(uint256 word => uint256 used)) public noncesOf;

    /// @inheritdoc INonces
    function cancelNonces(uint256 word, uint256 mask) external {
        noncesOf[msg.sender][word] |= mask;
        emit NoncesCancelled(msg.sender, word, mask);
    }

    function _useNonce(address party, uint256 nonce) internal {
        mapping(uint256 => uint256) storage words = noncesOf[party];
        (uint256 word, uint256 bit) = (nonce >> 8, 1 << (nonce & 255));
        uint256 used = words[word];
        if (used & bit != 0) revert NonceUsed(party, nonce);
        words[word] = used | bit;
    }
}
