// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { ISupplyCollateralCallback } from "../interfaces/IMarketCallbacks.sol";
import { Route } from "../interfaces/IMarketTypes.sol";
import { Baskets } from "./Baskets.sol";
import { Position, Scope } from "./MarketState.sol";
import { Settling } from "./Settling.sol";
import { Tills } from "./Tills.sol";

/// @notice Collateral in and out. Neither touches a stripe.
abstract contract Pledges is Baskets, Settling, Tills {
    /// @dev Unlocked, as inside a callback: a token that calls back finds the books written, and all is undone if it does not pay.
    function supplyCollateral(uint256 i, uint256 amount) external {
        if (phase & ENTERED != 0) revert Reentered();
        (address token,, uint256 terms) = _collateral(i);
        _addCollateral(i, amount, msg.sender);
        uint256 most = _capOf(terms);
        address till = _tillAt(_ownStripe(msg.sender));
        uint256 due = _balanceWith(token, till, amount);
        if (due > most) revert CapExceeded(i, most, due);
        _pullExactly(till, token, msg.sender, amount, due);
    }

    function supplyCollateral(uint256 i, uint256 amount, address owner, Route route, bytes calldata data) external {
        uint256 before = _enter();
        if (i >= kindCount) revert UnknownCollateral(kindCount, i);
        _addCollateral(i, amount, owner);
        if (data.length != 0) {
            _beginCallback(before);
            ISupplyCollateralCallback(msg.sender).onSupplyCollateral(i, amount, data);
            _endCallback(before);
            before |= USED;
        }
        _pullCollateral(i, amount, owner, route);
        phase = before;
    }

    function _addCollateral(uint256 i, uint256 amount, address owner) private {
        Position storage p = positions[owner];
        if (!_addToFirst(p, i, amount)) _addToAny(p, i, amount, owner);
        emit CollateralSupplied(owner, i, amount);
    }

    function _addToAny(Position storage p, uint256 i, uint256 amount, address owner) private {
        uint256 held = _held(p, i);
        if (held == 0) _admitKind(p, i, owner);
        unchecked {
            if (amount - 1 >= type(uint128).max - held) _refuseAmount(amount);
            _setHeld(p, i, held + amount);
        }
    }

    function _pullCollateral(uint256 i, uint256 amount, address owner, Route route) private {
        (address token,, uint256 terms) = _collateral(i);
        uint256 most = _capOf(terms);
        _requireRoom(i, most, _pull(token, _payer(route, owner), amount, route, _bookStripe(route, owner), most));
    }

    function _refuseAmount(uint256 amount) private pure {
        if (amount == 0) revert ZeroAmount();
        revert AmountTooLarge(type(uint128).max, amount);
    }

    function _requireRoom(uint256 i, uint256 most, uint256 fullest) private pure {
        if (fullest > most) revert CapExceeded(i, most, fullest);
    }

    function withdrawCollateral(uint256 i, uint256 amount, address receiver, address owner, Route route) external {
        uint256 before = _enter();
        _requireScope(owner, Scope.COLLATERAL);
        if (amount == 0) revert ZeroAmount();
        Position storage p = positions[owner];
        (address token,,) = _collateral(i);
        uint256 held = _held(p, i);
        if (held < amount) revert InsufficientCollateral(amount, held);
        _setHeld(p, i, held - amount);
        if (p.debt != 0) _requireHealthy(p, _indexNow(_settleIfLate(), agreed));
        emit CollateralWithdrawn(owner, i, receiver, amount);
        _send(token, receiver, amount, route, _bookStripe(route, owner));
        phase = before;
    }

    /// @dev Nobody else may add a kind to a position, and none without a price: it would make every later check dearer, or impossible.
    function _admitKind(Position storage p, uint256 i, address owner) private view {
        if (!_hasScope(owner, Scope.COLLATERAL)) revert NewCollateralKind(i, owner, msg.sender);
        if (p.debt == 0) return;
        (, address oracle,) = _collateral(i);
        (, uint256 ask) = _quote(oracle);
        if (ask == 0) revert PriceUnavailable(i, oracle);
    }
}
