// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action } from "../interfaces/IGate.sol";
import { MarketState } from "./MarketState.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @notice Shares of the market: ERC-20 without a supply slot (the stripes are the supply), ERC-2612.
abstract contract Shares is MarketState {
    function approve(address spender, uint256 value) external returns (bool) {
        allowance[msg.sender][spender] = value;
        emit IERC20.Approval(msg.sender, spender, value);
        return true;
    }

    function transfer(address to, uint256 value) external returns (bool) {
        _move(msg.sender, to, value);
        return true;
    }

    function transferFrom(address from, address to, uint256 value) external returns (bool) {
        _spendAllowance(from, value);
        _move(from, to, value);
        return true;
    }

    function _spendAllowance(address owner, uint256 value) internal {
        if (msg.sender == owner) return;
        uint256 allowed = allowance[owner][msg.sender];
        if (allowed == type(uint256).max) return;
        if (allowed < value) revert InsufficientAllowance(value, allowed);
        unchecked {
            allowance[owner][msg.sender] = allowed - value;
        }
    }

    function _credit(address to, uint256 value) internal {
        balanceOf[to] += value;
        emit IERC20.Transfer(address(0), to, value);
    }

    function _debit(address from, uint256 value) internal {
        uint256 balance = balanceOf[from];
        if (balance < value) revert InsufficientShares(value, balance);
        unchecked {
            balanceOf[from] = balance - value;
        }
        emit IERC20.Transfer(from, address(0), value);
    }

    function _move(address from, address to, uint256 value) private {
        if (to == address(0)) revert ZeroAddress();
        _requireGate(to, Action.Hold);
        uint256 balance = balanceOf[from];
        if (balance < value) revert InsufficientShares(value, balance);
        unchecked {
            balanceOf[from] = balance - value;
        }
        balanceOf[to] += value;
        emit IERC20.Transfer(from, to, value);
    }
}
