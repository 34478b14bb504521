// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What a market promises, in sentences
/// @notice Each is the message of the assertions that test it. `R` is what the books hold beyond what they owe:
/// Σcash + Σdebt · I(t) − S · P − F.
abstract contract InvariantsSpec {
    string internal constant MKT_01 =
        "MKT-01: R is never negative after a call, and never falls between two checkpoints, whatever the interleaving";
    string internal constant MKT_02 = "MKT-02: stripes sum to users: shares and debt";
    string internal constant MKT_03 = "MKT-03: the tills together hold at least what the books say, of every token";
    string internal constant MKT_04_INDEX = "MKT-04: the borrow index never falls";
    string internal constant MKT_04_PRICE =
        "MKT-04: the price falls only by bad debt that reserve and cover did not absorb";
    string internal constant MKT_04_CEILING = "MKT-04: the price never rises above the ceiling";
    string internal constant MKT_05_CALLER = "MKT-05: nobody's call leaves the caller unhealthy";
    string internal constant MKT_05_OTHERS = "MKT-05: nobody's call leaves another user worse off, liquidation apart";
    string internal constant MKT_06 = "MKT-06: a liquidation raises health or closes the position, in any slicing";
    string internal constant MKT_07 =
        "MKT-07: no sequence of one actor's operations, flash loans and callbacks included, makes a profit";
    string internal constant MKT_08 =
        "MKT-08: repay, withdraw of free collateral and of available liquidity work with everything else broken";
    string internal constant MKT_09 =
        "MKT-09: only the owner, an allowance, a permit or an operator within scope and time lowers a position";
    string internal constant MKT_09_ONCE = "MKT-09: a signature is used once";
    string internal constant MKT_10 = "MKT-10: no supply of collateral leaves a till above its part of the cap";
    string internal constant MKT_11 = "MKT-11: a donation changes no price and stops nothing";
    string internal constant MKT_12 =
        "MKT-12: operations on different stripes and tills write different slots, and neither reads what the other writes";
    string internal constant MKT_13 =
        "MKT-13: a block run in any order that respects the conflict graph gives the sequential state";
    string internal constant MKT_14 = "MKT-14: one transaction, whatever it borrows, leaves the rate where it was";
}
