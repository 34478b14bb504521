// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { DebtStripe, Stripe, Stripes, SupplyStripe } from "../../src/market/Stripes.sol";
import { Base } from "../Base.sol";

/// @title Two signed halves of a slot
contract StripesTest is Base {
    using Stripes for SupplyStripe;
    using Stripes for DebtStripe;

    Stripe private stripe;

    int256 private constant MAX = type(int128).max;
    int256 private constant MIN = type(int128).min;

    function testFuzz_halvesDoNotTouch(int128 a, int128 b, int128 c, int128 d) public {
        delete stripe;
        stripe.supply.add(a, b);
        stripe.borrow.add(c, d);
        assertTrue(stripe.supply.shares == a && stripe.supply.cash == b);
        assertTrue(stripe.borrow.debt == c && stripe.borrow.cash == d);
    }

    function testFuzz_sums(int128 a, int128 b, int128 c, int128 d) public {
        delete stripe;
        stripe.supply.add(a, b);
        (int256 low, int256 high) = (int256(a) + c, int256(b) + d);
        if (low > MAX || low < MIN || high > MAX || high < MIN) {
            vm.expectRevert(abi.encodeWithSelector(Stripes.StripeOverflow.selector, low, high));
            this.add(c, d);
            return;
        }
        this.add(c, d);
        assertTrue(stripe.supply.shares == low && stripe.supply.cash == high);
    }

    function add(int256 low, int256 high) external {
        stripe.supply.add(low, high);
    }

    /// @notice L = 64 is one page of 128 slots, from slot 0 on.
    function test_twoSlotsEach() public {
        uint256 slot;
        assembly ("memory-safe") {
            slot := stripe.slot
        }
        stripe.supply.add(1, 2);
        stripe.borrow.add(3, 4);
        assertEq(uint256(vm.load(address(this), bytes32(slot))), 2 << 128 | 1);
        assertEq(uint256(vm.load(address(this), bytes32(slot + 1))), 4 << 128 | 3);
    }
}
