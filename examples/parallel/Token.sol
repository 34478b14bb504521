// SPDX-License-Identifier: MIT
pragma solidity ^0.8.28;

/// A token that keeps a hundredth of each transfer, and counts what it kept beside the time of the last one: one slot, two
/// variables, and everybody writes both.
contract Token {
    mapping(address => uint256) public balanceOf;
    uint128 public kept;
    uint64 public lastTransfer;
    uint64 public paused;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external {
        require(paused == 0);
        uint256 fee = amount / 100;
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount - fee;
        kept += uint128(fee);
        lastTransfer = uint64(block.timestamp);
    }
}

/// Nobody needs to know at once what was kept: it is what senders lost and receivers did not get.
contract QuietToken {
    mapping(address => uint256) public balanceOf;
    mapping(address => uint256) public keptFrom;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function transfer(address to, uint256 amount) external {
        uint256 fee = amount / 100;
        balanceOf[msg.sender] -= amount;
        balanceOf[to] += amount - fee;
        keptFrom[msg.sender] += fee;
    }
}
