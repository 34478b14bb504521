// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action } from "../interfaces/IGate.sol";
import { IRepayCallback } from "../interfaces/IMarketCallbacks.sol";
import { Accrual, Route, Terms } from "../interfaces/IMarketTypes.sol";
import { IndexMath } from "./IndexMath.sol";
import { Position, Scope } from "./MarketState.sol";
import { Pledges } from "./Pledges.sol";
import { DebtStripe, Stripes } from "./Stripes.sol";

/// @notice Borrowers: debts grow linearly between checkpoints; repaying needs neither an oracle nor a checkpoint.
abstract contract Loans is Pledges {
    using Stripes for DebtStripe;

    function borrow(uint256 assets, address receiver, address owner, Route route) external {
        uint256 before = _enter();
        _requireScope(owner, Scope.BORROW);
        if (assets == 0) revert ZeroAmount();
        _fits128(assets);
        Accrual memory a = _settleIfLate();
        Terms memory t = agreed;
        _requireNotPaused(t);
        _requireGate(owner, Action.Borrow);
        uint256 index = _indexNow(a, t);
        uint256 scaled = IndexMath.unitsUp(assets, index);
        Position storage p = positions[owner];
        uint256 debt = p.debt + scaled;
        if (debt > type(uint120).max) revert AmountTooLarge(type(uint120).max, debt);
        p.debt = uint120(debt);
        uint256 owed = IndexMath.worthUp(debt, index);
        if (owed < minDebt) revert DebtTooSmall(minDebt, owed);
        uint256 stripe = _bookStripe(route, owner);
        stripes[stripe].borrow.add(int256(scaled), -int256(assets));
        _requireHealthy(p, index);
        emit Borrowed(owner, receiver, assets, scaled);
        _send(asset, receiver, assets, route, stripe);
        _exit(before);
    }

    function repay(uint256 assets, address owner, Route route, bytes calldata data) external returns (uint256 repaid) {
        uint256 before = _enter();
        if (assets == 0) revert ZeroAmount();
        Position storage p = positions[owner];
        uint256 debt = p.debt;
        if (debt == 0) revert NoDebt(owner);
        uint256 scaled;
        (repaid, scaled) = IndexMath.clamp(assets, debt, _indexNow(accrued, agreed));
        if (scaled == 0) revert AmountTooSmall(assets);
        p.debt = uint120(debt - scaled);
        address payer = _payer(route, owner);
        uint256 stripe = _bookStripe(route, owner);
        stripes[stripe].borrow.add(-int256(scaled), int256(repaid));
        emit Repaid(owner, payer, repaid, scaled);
        if (data.length != 0) {
            _beginCallback(before);
            IRepayCallback(msg.sender).onRepay(repaid, data);
            _endCallback(before);
        }
        _pull(asset, payer, repaid, route, stripe, type(uint256).max);
        _exit(before);
    }
}
