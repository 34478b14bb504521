// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// One total for all: whoever votes waits for whoever voted before.
contract Counter {
    uint256 public total;
    mapping(address => uint256) public votesOf;

    function vote() external {
        votesOf[msg.sender] += 1;
        total += 1;
    }
}

/// The same in 64 parts, added up by whoever wants to know.
contract ShardedCounter {
    uint256[64] public shards;
    mapping(address => uint256) public votesOf;

    function vote() external {
        votesOf[msg.sender] += 1;
        shards[uint256(keccak256(abi.encode(msg.sender))) % 64] += 1;
    }

    function total() external view returns (uint256 sum) {
        for (uint256 i; i < 64; ++i) sum += shards[i];
    }
}
