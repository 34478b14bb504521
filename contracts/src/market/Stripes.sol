// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @notice Books of supply and withdrawal, one slot. Signed: only the sum over all stripes means anything.
struct SupplyStripe {
    int128 shares;
    int128 cash;
}

/// @notice Books of borrowing and repayment, one slot. `debt` is scaled by the borrow index.
struct DebtStripe {
    int128 debt;
    int128 cash;
}

struct Stripe {
    SupplyStripe supply;
    DebtStripe borrow;
}

/// @notice One load and one store for both halves of a slot; reverts when a half leaves its 128 bits.
library Stripes {
    function add(SupplyStripe storage stripe, int256 shares, int256 cash) internal {
        uint256 slot;
        assembly ("memory-safe") {
            slot := stripe.slot
        }
        _add(slot, shares, cash);
    }

    function add(DebtStripe storage stripe, int256 debt, int256 cash) internal {
        uint256 slot;
        assembly ("memory-safe") {
            slot := stripe.slot
        }
        _add(slot, debt, cash);
    }

    function _add(uint256 slot, int256 low, int256 high) private {
        uint256 word;
        assembly ("memory-safe") {
            word := sload(slot)
        }
        low += int128(uint128(word));
        high += int128(uint128(word >> 128));
        if (low != int128(low) || high != int128(high)) revert StripeOverflow(low, high);
        word = uint256(uint128(int128(low))) | (uint256(uint128(int128(high))) << 128);
        assembly ("memory-safe") {
            sstore(slot, word)
        }
    }

    /// @notice A stripe's half no longer fits 128 bits.
    error StripeOverflow(int256 low, int256 high);
}
