// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Counts every allowance down, also an unlimited one
contract CountdownToken is ERC20("Counts down", "DOWN") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _spendAllowance(address owner, address spender, uint256 amount) internal override {
        uint256 allowed = allowance(owner, spender);
        if (allowed < amount) revert ERC20InsufficientAllowance(spender, allowed, amount);
        _approve(owner, spender, allowed - amount, false);
    }
}
