// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title What a holder may be told about a transfer
interface ITokenHook {
    function tokensToSend(address operator, address from, address to, uint256 amount) external;
    function tokensReceived(address operator, address from, address to, uint256 amount) external;
}

/// @title Calls sender and receiver around every transfer, as ERC-777 does
/// @notice A hook is registered by its holder and may re-enter or revert.
contract HookToken is ERC20("Hooks", "HOOK") {
    mapping(address holder => ITokenHook hook) public hookOf;

    /// @notice Registers who is called when the caller sends or receives; zero for nobody.
    function setHook(ITokenHook hook) external {
        hookOf[msg.sender] = hook;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        ITokenHook hook = hookOf[from];
        if (address(hook) != address(0)) hook.tokensToSend(msg.sender, from, to, amount);
        super._update(from, to, amount);
        hook = hookOf[to];
        if (address(hook) != address(0)) hook.tokensReceived(msg.sender, from, to, amount);
    }
}
