// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action } from "../interfaces/IGate.sol";
import { ISupplyCallback } from "../interfaces/IMarketCallbacks.sol";
import { Accrual, Route, Terms } from "../interfaces/IMarketTypes.sol";
import { IndexMath } from "./IndexMath.sol";
import { Scope } from "./MarketState.sol";
import { Routes } from "./Routes.sol";
import { Settling } from "./Settling.sol";
import { Shares } from "./Shares.sol";
import { Stripes, SupplyStripe } from "./Stripes.sol";
import { Tills } from "./Tills.sol";
import { IERC4626 } from "@openzeppelin/contracts/interfaces/IERC4626.sol";

/// @notice Lenders: supply at the ceiling, withdraw at the settled price. ERC-4626.
abstract contract Vault is Shares, Settling, Tills {
    using Routes for Route;
    using Stripes for SupplyStripe;

    Route internal constant NO_ROUTE = Route.wrap(0);
    uint256 private constant MOST = IndexMath.MOST_ASSETS;

    function deposit(uint256 assets, address receiver) external returns (uint256 shares) {
        return _supply(assets, 0, receiver, NO_ROUTE, "");
    }

    function supply(uint256 assets, address owner, Route route, bytes calldata data) external returns (uint256 shares) {
        return _supply(assets, 0, owner, route, data);
    }

    function mint(uint256 shares, address receiver) external returns (uint256 assets) {
        return _supply(0, shares, receiver, NO_ROUTE, "");
    }

    function withdraw(uint256 assets, address receiver, address owner) external returns (uint256 shares) {
        return _withdraw(assets, 0, receiver, owner, NO_ROUTE);
    }

    function withdraw(uint256 assets, address receiver, address owner, Route route) external returns (uint256 shares) {
        return _withdraw(assets, 0, receiver, owner, route);
    }

    function redeem(uint256 shares, address receiver, address owner) external returns (uint256 assets) {
        return _withdraw(0, shares, receiver, owner, NO_ROUTE);
    }

    function redeem(uint256 shares, address receiver, address owner, Route route) external returns (uint256 assets) {
        return _withdraw(0, shares, receiver, owner, route);
    }

    function _supply(uint256 assets, uint256 shares, address owner, Route route, bytes memory data)
        private
        returns (uint256 counterpart)
    {
        uint256 before = _enter();
        Accrual memory a = _settleIfLate();
        Terms memory t = agreed;
        _requireNotPaused(t);
        if (a.price < IndexMath.MIN_PRICE) revert SupplyClosed(IndexMath.MIN_PRICE, a.price);
        if (owner == address(0)) revert ZeroAddress();
        _requireGate(owner, Action.Supply);
        uint256 ceiling = _ceilingNow(a, t);
        if (shares == 0) counterpart = shares = _boughtFor(assets, ceiling);
        else counterpart = assets = _priceOf(shares, ceiling);
        address payer = _payer(route, owner);
        uint256 stripe = _bookStripe(route, owner);
        stripes[stripe].supply.add(int256(shares), int256(assets));
        _credit(owner, shares);
        emit IERC4626.Deposit(msg.sender, owner, assets, shares);
        if (data.length != 0) {
            _beginCallback(before);
            ISupplyCallback(msg.sender).onSupply(assets, data);
            _endCallback(before);
        }
        _pull(asset, payer, assets, route, stripe, type(uint256).max);
        _exit(before);
    }

    function _withdraw(uint256 assets, uint256 shares, address receiver, address owner, Route route)
        private
        returns (uint256 counterpart)
    {
        uint256 before = _enter();
        uint256 price = _settleIfLate().price;
        if (shares == 0) counterpart = shares = _soldFor(assets, price);
        else counterpart = assets = _worthOf(shares, price);
        if (!_hasScope(owner, Scope.WITHDRAW)) _spendAllowance(owner, shares);
        uint256 stripe = _bookStripe(route, owner);
        stripes[stripe].supply.add(-int256(shares), -int256(assets));
        _debit(owner, shares);
        emit IERC4626.Withdraw(msg.sender, receiver, owner, assets, shares);
        _send(asset, receiver, assets, route, stripe);
        _exit(before);
    }

    function _boughtFor(uint256 assets, uint256 ceiling) private pure returns (uint256 shares) {
        if (assets == 0) revert ZeroAmount();
        if (assets > MOST) revert AmountTooLarge(MOST, assets);
        shares = IndexMath.unitsDown(assets, ceiling);
        if (shares == 0) revert AmountTooSmall(assets);
    }

    function _priceOf(uint256 shares, uint256 ceiling) private pure returns (uint256 assets) {
        if (shares > MOST * 1000) revert AmountTooLarge(MOST * 1000, shares);
        assets = IndexMath.worthUp(shares, ceiling);
        if (assets > MOST) revert AmountTooLarge(MOST, assets);
    }

    function _soldFor(uint256 assets, uint256 price) private pure returns (uint256) {
        if (assets == 0) revert ZeroAmount();
        if (price == 0) revert AmountTooLarge(0, assets);
        _fits128(assets);
        return IndexMath.unitsUp(assets, price);
    }

    function _worthOf(uint256 shares, uint256 price) private pure returns (uint256) {
        _fits128(shares);
        return IndexMath.worthDown(shares, price);
    }
}
