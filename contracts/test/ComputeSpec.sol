// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the contracts of `compute` promise, in sentences
/// @notice Each is the message of the assertions that test it.
abstract contract ComputeSpec {
    string internal constant CMP_01 =
        "CMP-01: money is conserved: a till holds what its channels, jobs, stakes and credits come to, and what was donated";
    string internal constant CMP_02 =
        "CMP-02: a voucher pays once: what a channel has paid is the largest total that was redeemed, whatever the order";
    string internal constant CMP_03 = "CMP-03: a channel never pays more than its deposit";
    string internal constant CMP_04 =
        "CMP-04: nobody's money can be stuck: from every state all of it comes out with calls and time";
    string internal constant CMP_05 =
        "CMP-05: a payer cannot take back what its key has signed: a voucher pays until the channel is closed, and closing waits";
    string internal constant CMP_06 = "CMP-06: a second that was not signed, or has not passed, is never paid";
    string internal constant CMP_07 =
        "CMP-07: there are no fees: what was paid in is with the parties, or theirs to collect";
    string internal constant CMP_08 =
        "CMP-08: a signature counts for its words, on its chain, at its contract, and an order or bid once";
    string internal constant CMP_09 =
        "CMP-09: only the court slashes, only what is locked, and what was locked stays within reach while it unbonds";
    string internal constant CMP_10 =
        "CMP-10: operations of strangers write different slots, and neither reads what the other writes";
    string internal constant CMP_11 = "CMP-11: a root of receipts never changes";
    string internal constant CMP_12 =
        "CMP-12: a session key speaks for a node only by its latest certificate, until that ends";
    string internal constant CMP_13 =
        "CMP-13: only its owner's call or signature spends a credit, a stake or an allowance";
}
