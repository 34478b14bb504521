// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockAggregator } from "../../src/dev/MockAggregator.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { IPriceSource } from "../../src/interfaces/IPriceSource.sol";
import { FeedSource } from "../../src/oracle/FeedSource.sol";
import { PriceGuard } from "../../src/oracle/PriceGuard.sol";
import { Base } from "../Base.sol";

/// @title Prices that round away
/// Resupply, June 2025: the exchange rate was `1e36 / price`; a huge price made it 0, and a position with an
/// exchange rate of zero owes nothing, so 10 million were borrowed against one wei.
contract InvertedPriceTest is Base {
    // A price of 1e-10 USD (a memecoin) against a loan asset of 6 decimals: all of the feed's digits survive.
    function test_resupply_tinyPriceKeepsItsDigits() public {
        PriceGuard guard = _guard(1_234_567_891, 18, 18, 6);
        (uint256 bid, uint256 ask) = guard.quote();
        assertEq(bid, ask);
        assertEq(bid, 1_234_567_891e6);
        // A quadrillion of them is worth 1,234,567.891 USD.
        assertEq(1e15 * 1e18 * bid / 1e36, 1_234_567_891_000);
    }

    // A million dollars for a token of 2 decimals against a loan asset of 18: the other end.
    function test_resupply_hugePriceKeepsItsDigits() public {
        PriceGuard guard = _guard(1_234_567_891e15, 18, 4, 18);
        (uint256 bid,) = guard.quote();
        assertEq(bid, 1_234_567_891e15 * 1e32);
        assertEq(uint256(1) * bid / 1e36, 1_234_567_891e11);
    }

    // Whatever decimals and price: a live price is never zero, and it keeps at least six digits of the feed.
    function testFuzz_resupply_neverRoundsToZero(uint8 collateralDecimals, uint8 loanDecimals, uint256 answer) public {
        collateralDecimals = uint8(bound(collateralDecimals, 4, 18));
        loanDecimals = uint8(bound(loanDecimals, 6, 18));
        answer = bound(answer, 1e6 + 1, 1e24);
        PriceGuard guard = _guard(answer, 18, collateralDecimals, loanDecimals);
        (uint256 bid,) = guard.quote();
        assertGe(bid, 1e6);
        // Back to the feed's scale, without loss.
        assertEq(bid * 10 ** collateralDecimals / 10 ** (18 + uint256(loanDecimals)), answer);
    }

    function _guard(uint256 answer, uint8 feedDecimals, uint8 collateralDecimals, uint8 loanDecimals)
        private
        returns (PriceGuard)
    {
        MockAggregator feed = new MockAggregator(feedDecimals, int256(answer));
        FeedSource.Feed memory none;
        FeedSource.Sequencer memory noSequencer;
        FeedSource source = new FeedSource(
            FeedSource.Feed(feed, 3_600, 1e6, 1e25),
            none,
            noSequencer,
            new MockToken("Collateral", "C", collateralDecimals),
            new MockToken("Loan", "L", loanDecimals)
        );
        return new PriceGuard(source, IPriceSource(address(0)), 0, 200_000);
    }
}
