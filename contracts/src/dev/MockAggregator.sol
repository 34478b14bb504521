// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IAggregatorV3 } from "../interfaces/IAggregatorV3.sol";
import { Ownable } from "@openzeppelin/contracts/access/Ownable.sol";

/// @title A Chainlink-style feed whose answers its owner writes
/// @notice For tests and devnets only.
contract MockAggregator is IAggregatorV3, Ownable {
    struct Round {
        uint80 roundId;
        int256 answer;
        uint256 startedAt;
        uint256 updatedAt;
        uint80 answeredInRound;
    }

    /// @inheritdoc IAggregatorV3
    uint8 public immutable override decimals;

    Round private _round;

    event RoundSet(uint80 indexed roundId, int256 answer, uint256 updatedAt);

    /// @dev The deployer owns it.
    constructor(uint8 decimals_, int256 answer) Ownable(msg.sender) {
        decimals = decimals_;
        _next(answer, block.timestamp);
    }

    /// @notice A new round, updated now.
    function set(int256 answer) external onlyOwner {
        _next(answer, block.timestamp);
    }

    /// @notice A new round, updated at `updatedAt`.
    function setAt(int256 answer, uint256 updatedAt) external onlyOwner {
        _next(answer, updatedAt);
    }

    /// @notice Any round at all, also one that a sound feed would not report.
    function setRound(Round calldata round) external onlyOwner {
        _round = round;
        emit RoundSet(round.roundId, round.answer, round.updatedAt);
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        Round memory round = _round;
        return (round.roundId, round.answer, round.startedAt, round.updatedAt, round.answeredInRound);
    }

    function _next(int256 answer, uint256 updatedAt) private {
        uint80 roundId = _round.roundId + 1;
        _round = Round(roundId, answer, updatedAt, updatedAt, roundId);
        emit RoundSet(roundId, answer, updatedAt);
    }
}
