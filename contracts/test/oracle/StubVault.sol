// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { MockToken } from "../../src/dev/MockToken.sol";
import { ERC20 } from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import { ERC4626 } from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @title An ordinary ERC-4626 vault: what is sent to it raises its rate
contract StubVault is ERC4626 {
    constructor(MockToken asset) ERC20("Vault", "VLT") ERC4626(asset) { }

    /// @notice What a slashing or a bad debt does.
    function lose(uint256 amount) external {
        MockToken(asset()).transfer(address(0xdead), amount);
    }
}
