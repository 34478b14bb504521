// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The part of a Chainlink data feed that is read here
/// @notice Source: Chainlink Data Feeds API reference, `AggregatorV3Interface`.
interface IAggregatorV3 {
    /// @notice Decimals of `answer`.
    function decimals() external view returns (uint8);

    /// @notice The latest round.
    /// @return roundId number of the round
    /// @return answer the value, signed
    /// @return startedAt when the round began; for a sequencer-uptime feed, when its status last changed
    /// @return updatedAt when the answer was last computed; 0: the round is not complete
    /// @return answeredInRound the round in which the answer was computed
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
