// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IMarket } from "../../src/interfaces/IMarket.sol";
import { Route } from "../../src/interfaces/IMarketTypes.sol";
import { Base } from "../Base.sol";
import { Calls } from "../market/Calls.sol";
import { Step } from "../market/Player.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title What one actor may do to a market, from random numbers
abstract contract Moves is Base {
    uint256 internal constant KINDS = 16;

    /// @dev Move `kind` of `me`, with sizes and routes from `x`; `other` is who else may be meant.
    function _move(IMarket market, uint256 kind, uint256 x, address me, address other)
        internal
        view
        returns (Step memory)
    {
        return Step(
            kind % KINDS == 15 ? market.asset() : address(market), _moveData(market, kind % KINDS, x, me, other)
        );
    }

    function _moveData(IMarket market, uint256 kind, uint256 x, address me, address other)
        private
        view
        returns (bytes memory)
    {
        Route r = _route(market, x >> 8);
        uint256 i = x % 2;
        uint256 till = (x >> 9) % market.parameters().stripes;
        // As a callback runs after books have moved, sizes are about what is there, sometimes more.
        if (kind == 0) return abi.encodeCall(market.supply, (_size(x, 5e12), me, r, ""));
        if (kind == 1) {
            uint256 size = _size(x, i == 0 ? 1e22 : 5e10);
            return x >> 100 & 1 == 0 ? Calls.supplyCollateral(i, size) : Calls.supplyCollateral(i, size, me, r, "");
        }
        if (kind == 2) return abi.encodeCall(market.borrow, (_size(x, 1e12), me, me, r));
        if (kind == 3) return abi.encodeCall(market.repay, (_size(x, 1e13), me, r, ""));
        if (kind == 4) return abi.encodeCall(market.checkpoint, ());
        if (kind == 5) {
            return Calls.redeem(_size(x, market.balanceOf(me) + 1), me, me);
        }
        if (kind == 6) {
            uint256 held = market.collateralOf(me, i);
            return abi.encodeCall(market.withdrawCollateral, (i, _size(x, held + 1), me, me, r));
        }
        if (kind == 7) return abi.encodeCall(market.liquidate, (other, i, type(uint256).max, r, ""));
        if (kind == 8) return abi.encodeCall(market.settle, ());
        if (kind == 9) {
            return abi.encodeCall(market.rebalance, (market.asset(), till, (x >> 17) % market.parameters().stripes));
        }
        if (kind == 10) {
            return Calls.withdraw(_size(x, market.maxWithdraw(me) + 1), me, me);
        }
        if (kind == 11) return abi.encodeCall(market.mint, (_size(x, 5e12), me));
        if (kind == 12) return abi.encodeCall(market.transfer, (other, _size(x, market.balanceOf(me) + 1)));
        if (kind == 13) return abi.encodeCall(market.repay, (_size(x, 1e12), other, r, ""));
        if (kind == 14) {
            return Calls.flashLoan(me, market.asset(), _size(x, market.maxFlashLoan(market.asset())), r);
        }
        // To the loan token: a donation to a till.
        return abi.encodeCall(IERC20.transfer, (market.tillOf(till), _size(x, 1e9)));
    }

    /// @dev From one base unit to `most`, every order of magnitude alike.
    function _size(uint256 seed, uint256 most) internal pure returns (uint256) {
        uint256 limit = most >> (seed % 7 * (seed % 5));
        return limit == 0 ? most : bound(seed, 0, limit);
    }

    /// @dev No till, or one to three.
    function _route(IMarket market, uint256 seed) internal view returns (Route) {
        uint256 stripes = market.parameters().stripes;
        uint256 n = seed % 4;
        uint256 packed = n << 8;
        for (uint256 k; k < n; ++k) {
            packed |= uint256(uint8(seed >> (8 + 8 * k))) % stripes << (16 + 8 * k);
        }
        return Route.wrap(packed);
    }
}
