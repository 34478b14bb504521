// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Up to eight signers fixed in code
/// @notice Reading the set touches no storage.
abstract contract SignerSet {
    uint256 private constant MAX_SIGNERS = 8;

    address private immutable _signer0;
    address private immutable _signer1;
    address private immutable _signer2;
    address private immutable _signer3;
    address private immutable _signer4;
    address private immutable _signer5;
    address private immutable _signer6;
    address private immutable _signer7;

    /// @notice How many signers there are.
    uint256 public immutable signerCount;

    /// @notice How many of them a price needs.
    uint256 public immutable threshold;

    /// @notice The set has between 1 and `expected` members.
    error SignerCount(uint256 expected, uint256 actual);
    /// @notice The threshold is between 1 and the number of signers.
    error ThresholdOutOfRange(uint256 expected, uint256 actual);
    /// @notice Signers are given in strictly ascending order and none is zero.
    error SignerSetNotAscending(address previous, address next);

    constructor(address[] memory signers, uint256 threshold_) {
        uint256 count = signers.length;
        if (count == 0 || count > MAX_SIGNERS) revert SignerCount(MAX_SIGNERS, count);
        if (threshold_ == 0 || threshold_ > count) revert ThresholdOutOfRange(count, threshold_);
        address[MAX_SIGNERS] memory set;
        address previous;
        for (uint256 i; i < count; ++i) {
            if (signers[i] <= previous) revert SignerSetNotAscending(previous, signers[i]);
            previous = signers[i];
            set[i] = previous;
        }
        (_signer0, _signer1, _signer2, _signer3) = (set[0], set[1], set[2], set[3]);
        (_signer4, _signer5, _signer6, _signer7) = (set[4], set[5], set[6], set[7]);
        signerCount = count;
        threshold = threshold_;
    }

    /// @notice Whether `account` is in the set.
    function isSigner(address account) public view returns (bool) {
        if (account == address(0)) return false;
        return account == _signer0 || account == _signer1 || account == _signer2 || account == _signer3
            || account == _signer4 || account == _signer5 || account == _signer6 || account == _signer7;
    }
}
