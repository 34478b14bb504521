// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IndexMath } from "../src/market/IndexMath.sol";

/// @title What the model checker proves about the arithmetic of a market
/// @notice Each `assert` holds for every argument in the bounds of `Bounded`, or the build of the `smt` profile names it.
/// @dev `R` is what a market holds beyond what it owes: cash + debt · I − shares · P − reserve. A step is sound when it does not lower R,
/// that is, when what leaves is at most what the books give up. All products are compared unrounded (times one ray).
abstract contract Bounded {
    uint256 internal constant RAY = IndexMath.RAY;

    /// @dev The bounds under which `IndexMath` is used: 128-bit amounts, 112-bit indices, rates up to MAX_RATE, 32-bit times.
    modifier bounded(uint128 amount, uint112 index, uint64 rate, uint32 elapsed) {
        require(index > 0 && rate <= IndexMath.MAX_RATE && amount <= type(uint128).max && elapsed <= type(uint32).max);
        _;
    }
}

contract CeilingLemmas is Bounded {
    /// @notice Nobody enters below the settled price, and debts never shrink by waiting.
    function ceilingIsAboveSettled(uint112 index, uint64 rate, uint32 elapsed)
        external
        pure
        bounded(0, index, rate, elapsed)
    {
        assert(IndexMath.grownUp(index, rate, elapsed) >= index);
    }

    /// @notice A checkpoint lifts the price to at most what people paid who entered at the same moment.
    function liftedIsBelowCeiling(uint112 index, uint64 rate, uint32 elapsed)
        external
        pure
        bounded(0, index, rate, elapsed)
    {
        assert(IndexMath.grownDown(index, rate, elapsed) <= IndexMath.grownUp(index, rate, elapsed));
        assert(IndexMath.grownUp(index, rate, elapsed) - IndexMath.grownDown(index, rate, elapsed) <= 1);
    }

    /// @notice Indices never fall with time: what grows by more has grown to more.
    function growthIsMonotone(uint256 less, uint256 more) external pure {
        require(less <= more && more <= type(uint240).max);
        assert(IndexMath.ceilDiv(less, IndexMath.WAD) <= IndexMath.ceilDiv(more, IndexMath.WAD));
    }
}

contract RoundingLemmas is Bounded {
    /// @notice Buying down and valuing down never gains.
    function boughtIsWorthAtMostItsPrice(uint128 assets, uint112 index) external pure bounded(assets, index, 0, 0) {
        uint256 units = IndexMath.unitsDown(assets, index);
        assert(units * index <= uint256(assets) * RAY);
        assert(IndexMath.worthDown(units, index) <= assets);
    }

    /// @notice Units rounded up are worth at least the assets: what leaves on a withdrawal, a loan or a realised loss is covered by the
    /// shares, the debt or the fall of the price that the books take for it.
    /// @dev (q + 1) · b = q · b + b is handed to the solver: an identity that it does not find among products of variables.
    function unitsUpCover(uint128 assets, uint112 index) external pure {
        if (index == 0 || assets == 0) return;
        uint256 quotient = (uint256(assets) * RAY - 1) / index;
        require((quotient + 1) * index == quotient * index + index);
        assert(IndexMath.unitsUp(assets, index) * index >= uint256(assets) * RAY);
    }

    /// @notice Up is at least down, and by at most one unit.
    function upIsDownPlusAtMostOne(uint128 amount, uint112 index) external pure bounded(amount, index, 0, 0) {
        assert(IndexMath.worthUp(amount, index) >= IndexMath.worthDown(amount, index));
        assert(IndexMath.worthUp(amount, index) - IndexMath.worthDown(amount, index) <= 1);
        assert(IndexMath.worthUp(amount, index) * RAY >= uint256(amount) * index);
    }
}

/// @notice One step each. Withdraw, borrow and bad debt are `RoundingLemmas.unitsUpCover`.
contract SolvencyLemmas is Bounded {
    /// @notice Supply: the shares bought at a ceiling are worth, at the settled price below it, no more than what came in.
    function supplyKeepsR(uint112 assets, uint112 price, uint112 ceiling) external pure {
        require(price > 0 && price <= ceiling);
        uint256 shares = IndexMath.unitsDown(assets, ceiling);
        require(shares * price <= shares * ceiling); // multiplication is monotone; the solver does not find this by itself
        assert(shares * price <= uint256(assets) * RAY);
    }

    /// @notice Repay: the debt struck out is worth at most what came in, whether a part or all of it.
    function repayKeepsR(uint128 assets, uint120 debt, uint112 index) external pure bounded(assets, index, 0, 0) {
        (uint256 repaid, uint256 scaled) = IndexMath.clamp(assets, debt, index);
        assert(repaid <= assets);
        assert(scaled * index <= repaid * RAY);
    }

    /// @notice Checkpoint: a lift of `unitsDown(earned, shares)` hands out at most what was earned.
    function liftHandsOutAtMostEarned(uint128 earned, uint112 shares) external pure bounded(earned, shares, 0, 0) {
        uint256 lift = IndexMath.unitsDown(earned, shares);
        assert(lift * shares <= uint256(earned) * RAY);
        assert(IndexMath.worthUp(shares, lift) <= earned);
    }
}

contract RateLemmas is Bounded {
    /// @notice The rate moves by at most its step, towards the target, and never beyond the cap unless it was there.
    function slewIsBounded(uint64 rate, uint64 target, uint32 elapsed) external pure bounded(0, 1, rate, elapsed) {
        uint256 next = IndexMath.slewed(rate, target, elapsed);
        uint256 step = (rate > IndexMath.MIN_SLEW ? rate : IndexMath.MIN_SLEW) * elapsed / 1 hours;
        assert(next <= rate + step && next + step >= rate);
        assert(next <= IndexMath.MAX_RATE);
    }

    /// @notice Without time nothing moves (a second checkpoint in one block leaves the rate).
    function noTimeNoMove(uint64 rate, uint64 target) external pure bounded(0, 1, rate, 0) {
        assert(IndexMath.slewed(rate, target, 0) == rate);
    }

    /// @notice Utilisation is a fraction.
    function utilisationIsAtMostOne(uint128 owed, int128 cash) external pure {
        assert(IndexMath.utilisation(owed, cash) <= IndexMath.WAD);
    }
}
