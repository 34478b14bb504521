// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockAggregator } from "../../src/dev/MockAggregator.sol";
import { MockToken } from "../../src/dev/MockToken.sol";
import { IAggregatorV3 } from "../../src/interfaces/IAggregatorV3.sol";
import { FeedSource } from "../../src/oracle/FeedSource.sol";
import { MAX_PRICE, MIN_PRICE, PriceScale } from "../../src/oracle/PriceScale.sol";
import { Base } from "../Base.sol";
import { BrokenSource } from "./StubSources.sol";

contract FeedSourceTest is Base {
    uint32 private constant HOUR = 3_600;
    uint32 private constant DAY = 86_400;

    MockToken private eth;
    MockToken private usdc;
    MockAggregator private ethUsd;
    MockAggregator private usdcUsd;
    MockAggregator private uptime;
    FeedSource private source;

    function setUp() public {
        vm.warp(1_700_000_000);
        eth = new MockToken("Ether", "ETH", 18);
        usdc = new MockToken("USD Coin", "USDC", 6);
        ethUsd = new MockAggregator(8, 3_000e8);
        usdcUsd = new MockAggregator(8, 0.999e8);
        uptime = new MockAggregator(0, 0);
        source = new FeedSource(_base(), _quote(), _noSequencer(), eth, usdc);
    }

    function test_baseOverQuoteAtTheRightScale() public view {
        // 1e18 units of ETH are worth 3000 / 0.999 USDC, which is 3003.003003 USDC, in 6 decimals.
        _assertLive(uint256(3_000e8) * 1e24 / 0.999e8);
        (uint256 price,) = source.read();
        assertEq(1e18 * price / 1e36, 3_003_003_003);
    }

    function test_withoutQuoteTheBaseIsThePrice() public {
        source = new FeedSource(_base(), _noFeed(), _noSequencer(), eth, usdc);
        _assertLive(3_000e24);
        assertEq(source.FACTOR(), 1e16);
    }

    /// Decimals of tokens and feeds never change what a whole collateral is worth.
    function testFuzz_decimalsCancel(uint8 c, uint8 l, uint8 bd, uint8 qd, uint256 baseWhole, uint256 quoteWhole)
        public
    {
        c = uint8(bound(c, 4, 18)); // fewer, and 1e7 whole loan assets would not fit MAX_PRICE
        l = uint8(bound(l, 0, 18));
        bd = uint8(bound(bd, 6, 18));
        qd = uint8(bound(qd, 6, 18));
        baseWhole = bound(baseWhole, 2, 1e6);
        quoteWhole = bound(quoteWhole, 2, 1e6);
        MockAggregator base = new MockAggregator(bd, int256(baseWhole * 10 ** bd));
        MockAggregator quote = new MockAggregator(qd, int256(quoteWhole * 10 ** qd));
        FeedSource any = new FeedSource(
            FeedSource.Feed(base, DAY, uint128(10 ** bd), uint128(1e7 * 10 ** bd)),
            FeedSource.Feed(quote, DAY, uint128(10 ** qd), uint128(1e7 * 10 ** qd)),
            _noSequencer(),
            new MockToken("C", "C", c),
            new MockToken("L", "L", l)
        );
        (uint256 price, bool live) = any.read();
        assertTrue(live);
        assertEq(price, baseWhole * 10 ** (36 + uint256(l) - c) / quoteWhole);
    }

    function test_heartbeatIsInclusive() public {
        skip(HOUR);
        usdcUsd.set(0.999e8);
        _assertLive(uint256(3_000e8) * 1e24 / 0.999e8);
        skip(1);
        _assertDead();
    }

    function test_quoteHasItsOwnHeartbeat() public {
        skip(DAY);
        ethUsd.set(3_000e8);
        _assertLive(uint256(3_000e8) * 1e24 / 0.999e8);
        skip(1);
        ethUsd.set(3_000e8);
        _assertDead();
    }

    function test_boundsAreExclusive() public {
        ethUsd.set(100e8);
        _assertDead();
        ethUsd.set(100e8 + 1);
        _assertIsLive();
        ethUsd.set(100_000e8);
        _assertDead();
        ethUsd.set(100_000e8 - 1);
        _assertIsLive();
        usdcUsd.set(0.9e8);
        _assertDead();
        usdcUsd.set(1.1e8);
        _assertDead();
    }

    function test_zeroAndNegativeAnswersAreDead() public {
        ethUsd.set(0);
        _assertDead();
        ethUsd.set(-1);
        _assertDead();
        ethUsd.set(type(int256).min);
        _assertDead();
    }

    function test_futureTimestampIsDead() public {
        ethUsd.setAt(3_000e8, block.timestamp + 1);
        _assertDead();
    }

    function test_neverUpdatedIsDeadWhateverTheHeartbeat() public {
        FeedSource.Feed memory feed = _base();
        feed.heartbeat = type(uint32).max;
        source = new FeedSource(feed, _quote(), _noSequencer(), eth, usdc);
        ethUsd.setAt(3_000e8, 1);
        _assertIsLive();
        ethUsd.setAt(3_000e8, 0);
        _assertDead();
    }

    function test_incompleteRoundIsDead() public {
        ethUsd.setRound(MockAggregator.Round(9, 3_000e8, block.timestamp, block.timestamp, 8));
        _assertDead();
        ethUsd.setRound(MockAggregator.Round(9, 3_000e8, block.timestamp, block.timestamp, 9));
        _assertIsLive();
    }

    function test_brokenFeedIsDead() public {
        vm.etch(address(usdcUsd), address(new BrokenSource(BrokenSource.Kind.Reverts)).code);
        _assertDead();
        vm.etch(address(usdcUsd), address(new BrokenSource(BrokenSource.Kind.ReturnsTooLittle)).code);
        _assertDead();
        vm.etch(address(usdcUsd), "");
        _assertDead();
    }

    /// What a call that failed left behind is not an answer.
    function test_revertedAnswersAreDead() public {
        _withSequencer();
        bytes memory call_ = abi.encodeCall(IAggregatorV3.latestRoundData, ());
        vm.mockCallRevert(address(ethUsd), call_, abi.encode(1, 3_000e8, block.timestamp, block.timestamp, 1));
        _assertDead();
        vm.clearMockedCalls();
        _assertIsLive();
        vm.mockCallRevert(address(uptime), call_, abi.encode(1, 0, 1, 1, 1));
        _assertDead();
    }

    function testFuzz_readNeverReverts(int256 base, int256 quote) public {
        ethUsd.set(base);
        usdcUsd.set(quote);
        _assertReadable();
        ethUsd.set(3_000e8);
        _assertReadable();
        ethUsd.set(base);
        usdcUsd.set(0.999e8);
        _assertReadable();
    }

    function testFuzz_readNeverRevertsForAnyRound(MockAggregator.Round memory base, MockAggregator.Round memory quote)
        public
    {
        ethUsd.setRound(base);
        usdcUsd.setRound(quote);
        _assertReadable();
    }

    function test_sequencerDownIsDead() public {
        _withSequencer();
        _assertIsLive();
        uptime.set(1);
        skip(DAY);
        _refresh();
        _assertDead();
    }

    function test_sequencerGraceIsExclusive() public {
        _withSequencer();
        uptime.set(0);
        skip(HOUR);
        _refresh();
        _assertDead();
        skip(1);
        _assertIsLive();
    }

    function test_sequencerNeverReportedIsDead() public {
        _withSequencer();
        uptime.setRound(MockAggregator.Round(1, 0, 0, block.timestamp, 1));
        _assertDead();
    }

    function test_sequencerFromTheFutureOrBrokenIsDead() public {
        _withSequencer();
        uptime.setAt(0, block.timestamp + 1);
        _assertDead();
        vm.etch(address(uptime), address(new BrokenSource(BrokenSource.Kind.Reverts)).code);
        _assertDead();
    }

    function test_constructorRejectsEmptyBounds() public {
        FeedSource.Feed memory feed = _base();
        feed.maxAnswer = feed.minAnswer + 1;
        vm.expectRevert(abi.encodeWithSelector(FeedSource.EmptyBounds.selector, feed.minAnswer, feed.maxAnswer));
        new FeedSource(feed, _quote(), _noSequencer(), eth, usdc);
        vm.expectRevert(abi.encodeWithSelector(FeedSource.EmptyBounds.selector, feed.minAnswer, feed.maxAnswer));
        new FeedSource(_base(), feed, _noSequencer(), eth, usdc);
    }

    function test_constructorRejectsAPriceThatCouldRoundAway() public {
        FeedSource.Feed memory feed = _base();
        feed.minAnswer = 0;
        vm.expectRevert(abi.encodeWithSelector(FeedSource.PriceTooCoarse.selector, MIN_PRICE, 0));
        new FeedSource(feed, _quote(), _noSequencer(), eth, usdc);
    }

    function test_constructorRejectsAPriceThatCouldOverflow() public {
        FeedSource.Feed memory feed = _base();
        feed.maxAnswer = type(uint128).max;
        MockToken unit = new MockToken("Unit", "UNIT", 0);
        vm.expectPartialRevert(FeedSource.PriceTooLarge.selector);
        new FeedSource(feed, _quote(), _noSequencer(), unit, eth);
        vm.expectRevert(abi.encodeWithSelector(FeedSource.PriceTooLarge.selector, MAX_PRICE, 1e67 / uint256(0.9e8)));
        new FeedSource(_base(), _quote(), _noSequencer(), unit, eth);
    }

    function test_constructorRejectsAScaleThatWouldDivide() public {
        MockToken fine = new MockToken("Fine", "FINE", 36);
        vm.expectRevert(abi.encodeWithSelector(PriceScale.ScaleOutOfRange.selector, 42, 44));
        new FeedSource(_base(), _noFeed(), _noSequencer(), fine, usdc);
    }

    function _base() private view returns (FeedSource.Feed memory) {
        return FeedSource.Feed(ethUsd, HOUR, 100e8, 100_000e8);
    }

    function _quote() private view returns (FeedSource.Feed memory) {
        return FeedSource.Feed(usdcUsd, DAY, 0.9e8, 1.1e8);
    }

    function _noFeed() private pure returns (FeedSource.Feed memory none) { }

    function _noSequencer() private pure returns (FeedSource.Sequencer memory none) { }

    function _withSequencer() private {
        skip(HOUR + 1);
        _refresh();
        source = new FeedSource(_base(), _quote(), FeedSource.Sequencer(IAggregatorV3(uptime), HOUR), eth, usdc);
    }

    function _refresh() private {
        ethUsd.set(3_000e8);
        usdcUsd.set(0.999e8);
    }

    function _assertLive(uint256 expected) private view {
        (uint256 price, bool live) = source.read();
        assertTrue(live, "live");
        assertEq(price, expected, "price");
    }

    function _assertIsLive() private view {
        (, bool live) = source.read();
        assertTrue(live, "live");
    }

    function _assertReadable() private view {
        (uint256 price, bool live) = source.read();
        if (live) {
            assertGe(price, MIN_PRICE);
            assertLe(price, MAX_PRICE);
        }
    }

    function _assertDead() private view {
        (, bool live) = source.read();
        assertFalse(live, "live");
    }
}
