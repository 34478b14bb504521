// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title Refuses to move to or from blocked accounts, as USDC and USDT do
contract BlocklistToken is ERC20("Blocklist", "BLOCK") {
    mapping(address account => bool) public blocked;

    error Blocked(address account);

    /// @notice Open to anyone: it is a test.
    function setBlocked(address account, bool isBlocked) external {
        blocked[account] = isBlocked;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (blocked[from]) revert Blocked(from);
        if (blocked[to]) revert Blocked(to);
        super._update(from, to, amount);
    }
}
