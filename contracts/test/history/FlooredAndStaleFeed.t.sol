// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockAggregator } from "../../src/dev/MockAggregator.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { IPriceSource } from "../../src/interfaces/IPriceSource.sol";
import { FeedSource } from "../../src/oracle/FeedSource.sol";
import { PriceGuard } from "../../src/oracle/PriceGuard.sol";
import { Base } from "../Base.sol";
import { StubSource } from "../oracle/StubSources.sol";

/// @title Feeds that go on answering when they should not
contract FlooredAndStaleFeedTest is Base {
    int256 private constant FLOOR = 0.107e8; // where the LUNA/USD feed of May 2022 stopped

    MockAggregator private luna;
    StubSource private market;
    PriceGuard private guard;
    PriceGuard private feedOnly;

    function setUp() public {
        vm.warp(1_652_300_000);
        luna = new MockAggregator(8, 60e8);
        FeedSource.Feed memory noQuote;
        FeedSource.Sequencer memory noSequencer;
        FeedSource feed = new FeedSource(
            FeedSource.Feed(luna, 3_600, uint128(uint256(FLOOR)), 10_000e8),
            noQuote,
            noSequencer,
            new MockToken("LUNA", "LUNA", 18),
            new MockToken("USD", "USD", 18)
        );
        market = new StubSource(60e36);
        guard = new PriceGuard(feed, market, 500, 200_000);
        feedOnly = new PriceGuard(feed, IPriceSource(address(0)), 0, 200_000);
    }

    // Venus (BNB Chain) and Blizz (Avalanche), May 2022: LUNA fell far below 0.107 USD, where the feed stopped, and people
    // borrowed against LUNA bought on the market for a fraction of that.
    function test_venusLuna_feedAtItsFloorBacksNoLoan() public {
        luna.set(FLOOR);
        market.set(0.0001e36, true);
        (uint256 bid, uint256 ask) = guard.quote();
        assertEq(bid, 0, "bid");
        assertEq(ask, 0.0001e36, "the source that still sees the market decides liquidations");
    }

    // The same with no second source: better no price than a wrong one.
    function test_venusLuna_feedAtItsFloorAloneIsDead() public {
        luna.set(FLOOR);
        (uint256 bid, uint256 ask) = feedOnly.quote();
        assertEq(bid, 0);
        assertEq(ask, 0);
    }

    // Also before the floor is reached: a feed that lags the market by more than the deviation lends nothing.
    function test_venusLuna_laggingFeedBacksNoLoan() public {
        luna.set(2e8);
        market.set(1e36, true);
        (uint256 bid,) = guard.quote();
        assertEq(bid, 0);
    }

    // The same incident seen from the clock: a suspended feed stays readable for ever, with its last answer.
    function test_staleFeedBacksNoLoan() public {
        skip(3_601);
        (uint256 bid, uint256 ask) = guard.quote();
        assertEq(bid, 0);
        assertEq(ask, 60e36);
        (bid, ask) = feedOnly.quote();
        assertEq(bid, 0);
        assertEq(ask, 0);
    }
}
