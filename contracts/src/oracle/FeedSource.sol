// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../interfaces/IAggregatorV3.sol";
import { IPriceSource } from "../interfaces/IPriceSource.sol";
import { MAX_PRICE, MIN_PRICE, PriceScale } from "./PriceScale.sol";
import { StaticRead } from "./StaticRead.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";

/// @title Chainlink-style push feeds as a source
/// @notice `price = base / quote`, both in the same unit (mostly USD); without a quote feed, `price = base` and the
/// base feed must be in the loan asset. One multiplication before one division, rounded down: never `1 / price`.
/// Not live when a feed is older than its heartbeat, from the future, incomplete, or at or outside its bounds; when the
/// sequencer is down or has been up for less than the grace period.
contract FeedSource is IPriceSource {
    /// @param aggregator the feed; zero for no quote feed
    /// @param heartbeat oldest answer in seconds that is still live
    /// @param minAnswer answers must be above this. Set it above the feed's own floor: a feed that stops at its floor
    /// (LUNA at Venus, 2022) then goes dead instead of overpricing
    /// @param maxAnswer answers must be below this, and it below the feed's own ceiling
    struct Feed {
        IAggregatorV3 aggregator;
        uint32 heartbeat;
        uint128 minAnswer;
        uint128 maxAnswer;
    }

    /// @param aggregator Chainlink's sequencer-uptime feed of a rollup (answer 0: up); zero elsewhere
    /// @param grace seconds after a restart during which nothing is live, so that people can act first
    struct Sequencer {
        IAggregatorV3 aggregator;
        uint32 grace;
    }

    IAggregatorV3 private immutable _base;
    uint256 private immutable _baseHeartbeat;
    uint256 private immutable _baseMin;
    uint256 private immutable _baseMax;
    IAggregatorV3 private immutable _quote;
    uint256 private immutable _quoteHeartbeat;
    uint256 private immutable _quoteMin;
    uint256 private immutable _quoteMax;
    IAggregatorV3 private immutable _sequencer;
    uint256 private immutable _grace;

    /// @notice `price = base * FACTOR / quote`, see `PriceScale`.
    uint256 public immutable FACTOR;

    /// @notice The bounds of a feed must not be empty.
    error EmptyBounds(uint256 minAnswer, uint256 maxAnswer);
    /// @notice A price at the lower bounds would keep fewer than six digits.
    error PriceTooCoarse(uint256 expectedAtLeast, uint256 actual);
    /// @notice A price at the upper bounds would not fit.
    error PriceTooLarge(uint256 expectedAtMost, uint256 actual);

    /// @param base feed of the collateral
    /// @param quote feed of the loan asset in the same unit, or an empty struct
    /// @param sequencer uptime feed, or an empty struct
    /// @param collateral token whose decimals are read once, here
    /// @param loan token whose decimals are read once, here
    constructor(
        Feed memory base,
        Feed memory quote,
        Sequencer memory sequencer,
        IERC20Metadata collateral,
        IERC20Metadata loan
    ) {
        bool quoted = address(quote.aggregator) != address(0);
        if (!quoted) (quote.minAnswer, quote.maxAnswer) = (1, 1);
        else if (quote.minAnswer + 1 >= quote.maxAnswer) revert EmptyBounds(quote.minAnswer, quote.maxAnswer);
        if (base.minAnswer + 1 >= base.maxAnswer) revert EmptyBounds(base.minAnswer, base.maxAnswer);

        uint256 factor = PriceScale.toFactor(
            loan.decimals(), collateral.decimals(), base.aggregator.decimals(), quoted ? quote.aggregator.decimals() : 0
        );
        // With these bounds `read` can neither overflow nor round away what matters.
        if (base.maxAnswer > type(uint256).max / factor) {
            revert PriceTooLarge(type(uint256).max / factor, base.maxAnswer);
        }
        uint256 lowest = base.minAnswer * factor / quote.maxAnswer;
        if (lowest < MIN_PRICE) revert PriceTooCoarse(MIN_PRICE, lowest);
        uint256 highest = base.maxAnswer * factor / (quote.minAnswer == 0 ? 1 : quote.minAnswer);
        if (highest > MAX_PRICE) revert PriceTooLarge(MAX_PRICE, highest);

        FACTOR = factor;
        (_base, _baseHeartbeat, _baseMin, _baseMax) = (base.aggregator, base.heartbeat, base.minAnswer, base.maxAnswer);
        (_quote, _quoteHeartbeat, _quoteMin, _quoteMax) =
        (quote.aggregator, quote.heartbeat, quote.minAnswer, quote.maxAnswer);
        (_sequencer, _grace) = (sequencer.aggregator, sequencer.grace);
    }

    /// @inheritdoc IPriceSource
    function read() external view returns (uint256 price, bool live) {
        if (!_sequencerUp()) return (0, false);
        uint256 base;
        (base, live) = _answer(_base, _baseHeartbeat, _baseMin, _baseMax);
        if (!live) return (0, false);
        if (address(_quote) == address(0)) return (base * FACTOR, true);
        uint256 quote;
        (quote, live) = _answer(_quote, _quoteHeartbeat, _quoteMin, _quoteMax);
        return live ? (base * FACTOR / quote, true) : (0, false);
    }

    function _answer(IAggregatorV3 feed, uint256 heartbeat, uint256 min, uint256 max)
        private
        view
        returns (uint256 answer, bool live)
    {
        (bool ok, uint256 roundId, uint256 value,, uint256 updatedAt, uint256 answeredInRound) = _round(feed);
        bool complete = updatedAt != 0 && answeredInRound >= roundId;
        bool fresh = updatedAt <= block.timestamp && block.timestamp - updatedAt <= heartbeat;
        // A negative answer, read as unsigned, is above any 128-bit bound.
        return (value, ok && complete && fresh && value > min && value < max);
    }

    function _sequencerUp() private view returns (bool) {
        if (address(_sequencer) == address(0)) return true;
        (bool ok,, uint256 down, uint256 since,,) = _round(_sequencer);
        // `since` is 0 before the uptime feed has ever reported.
        return ok && down == 0 && since != 0 && since <= block.timestamp && block.timestamp - since > _grace;
    }

    function _round(IAggregatorV3 feed)
        private
        view
        returns (
            bool ok,
            uint256 roundId,
            uint256 answer,
            uint256 startedAt,
            uint256 updatedAt,
            uint256 answeredInRound
        )
    {
        uint256[] memory words;
        (ok, words) =
            StaticRead.tryWords(address(feed), gasleft(), abi.encodeCall(IAggregatorV3.latestRoundData, ()), 5);
        return (ok, words[0], words[1], words[2], words[3], words[4]);
    }
}
