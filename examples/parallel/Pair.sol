// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// A market of two goods with x · y = k. Each price depends on every swap before: the reserves are hot by nature.
contract Pair {
    uint112 public reserve0 = 1e24;
    uint112 public reserve1 = 1e24;
    mapping(address => uint256) public bought;

    function swap(uint112 amount) external {
        uint256 out = (uint256(reserve1) * amount) / (uint256(reserve0) + amount);
        reserve0 += amount;
        reserve1 -= uint112(out);
        bought[msg.sender] += out;
    }
}

/// Orders are put down side by side, and one call for all of them settles at one price: only that one waits.
contract BatchPair {
    uint112 public reserve0 = 1e24;
    uint112 public reserve1 = 1e24;
    mapping(uint256 batch => mapping(address => uint256)) public orders;

    function swap(uint112 amount) external {
        orders[block.number][msg.sender] += amount;
    }
}
