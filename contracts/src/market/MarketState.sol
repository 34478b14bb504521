// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Action, IGate } from "../interfaces/IGate.sol";
import { IMarketErrors } from "../interfaces/IMarketErrors.sol";
import { IMarketEvents } from "../interfaces/IMarketEvents.sol";
import { Accrual, MarketConfig, Route, Terms, Totals } from "../interfaces/IMarketTypes.sol";
import { IndexMath } from "./IndexMath.sol";
import { Routes } from "./Routes.sol";
import { Stripe } from "./Stripes.sol";

/// @notice One borrower. The first collateral shares a slot with the debt, so the common position is one slot.
/// @dev `held` has bit i set while collateral i is not zero. `debt` is scaled by the borrow index.
struct Position {
    uint120 debt;
    uint8 held;
    uint128 first;
    uint128[7] others;
}

/// @notice What an operator may do for an owner.
library Scope {
    /// @notice withdraw supplied assets and redeem shares
    uint256 internal constant WITHDRAW = 1;
    uint256 internal constant BORROW = 2;
    /// @notice withdraw collateral, and add a kind of collateral
    uint256 internal constant COLLATERAL = 4;
    /// @notice pull the owner's tokens into the owner's own position
    uint256 internal constant PAY = 8;
    uint256 internal constant ALL = 15;
}

/// @notice The storage and the constants of a market, and the transient guard.
abstract contract MarketState is IMarketErrors, IMarketEvents {
    using Routes for Route;

    /// @dev Slots 0–127: one page of a parallel EVM that prices cold storage by page.
    Stripe[64] internal stripes;
    Accrual internal accrued;
    Terms internal agreed;
    mapping(address owner => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;
    mapping(address owner => uint256) internal nonceOf;
    mapping(address owner => mapping(address operator => uint256)) internal grants;
    mapping(address owner => Position) internal positions;
    string internal title;
    string internal ticker;

    address public immutable asset;
    uint256 internal immutable stripeCount;
    address internal immutable gate;
    uint256 internal immutable maxEpoch;
    uint256 internal immutable minDebt;

    /// @dev Bits: the market was used in this transaction, a call is under way, a callback is under way, a call that has not
    /// moved the books yet settles first.
    uint256 internal constant USED = 1;
    uint256 internal constant ENTERED = 2;
    uint256 internal constant IN_CALLBACK = 4;
    uint256 internal constant SETTLING = 8;
    uint256 internal transient phase;
    uint256 internal constant ASK_GAS = 100_000;
    uint256 internal constant ORACLE_GAS = 500_000;

    constructor(MarketConfig memory c) {
        if (c.asset.code.length == 0) revert BadConfig("asset", uint160(c.asset));
        if (c.stripes == 0 || c.stripes > 64 || c.stripes & (c.stripes - 1) != 0) {
            revert BadConfig("stripes", c.stripes);
        }
        if (c.maxEpoch < 10 * uint256(c.minEpoch)) revert BadConfig("maxEpoch", c.maxEpoch);
        asset = c.asset;
        stripeCount = c.stripes;
        gate = c.gate;
        maxEpoch = c.maxEpoch;
        minDebt = c.minDebt;
    }

    /// @dev Books-first code may be re-entered from its own callbacks, never from a token in the middle of a move.
    function _enter() internal returns (uint256 before) {
        before = phase;
        if (before & ENTERED != 0) revert Reentered();
        phase = before | ENTERED;
    }

    /// @dev Restores what `_enter` found and remembers that the books moved in this transaction.
    function _exit(uint256 before) internal {
        phase = before | USED;
    }

    /// @dev Lets the callback use the market again, visibly (see `busy`).
    function _beginCallback(uint256 before) internal {
        phase = before | USED | IN_CALLBACK;
    }

    function _endCallback(uint256 before) internal {
        phase = before | USED | ENTERED;
    }

    function _requireGate(address account, Action action) internal view {
        if (!_gateAllows(account, action)) revert GateRefused(account, uint256(action));
    }

    /// @dev A gate that fails refuses.
    function _gateAllows(address account, Action action) internal view returns (bool) {
        if (gate == address(0)) return true;
        (bool ok, bytes32 answer) = _ask(gate, abi.encodeCall(IGate.allows, (account, action)));
        return ok && answer == bytes32(uint256(1));
    }

    /// @dev A bounded static call that reads one word at most and never reverts.
    function _ask(address target, bytes memory input) internal view returns (bool ok, bytes32 answer) {
        assembly ("memory-safe") {
            ok := staticcall(ASK_GAS, target, add(input, 32), mload(input), 0, 32)
            ok := and(ok, gt(returndatasize(), 31))
            answer := mload(0)
        }
    }

    function _requireNotPaused(Terms memory terms) internal view {
        if (block.timestamp < terms.pausedUntil) revert Paused(terms.pausedUntil);
    }

    /// @dev The stripe an owner's operations use unless a route names another.
    function _ownStripe(address owner) internal view returns (uint256 stripe) {
        assembly ("memory-safe") {
            mstore(0, owner)
            stripe := keccak256(0, 32)
        }
        unchecked {
            stripe &= stripeCount - 1;
        }
    }

    function _bookStripe(Route route, address owner) internal view returns (uint256 stripe) {
        if (route.count() == 0) return _ownStripe(owner);
        stripe = route.till(0);
        if (stripe >= stripeCount) revert UnknownTill(stripeCount, stripe);
    }

    /// @dev Borrow index now, rounded up: the one function for what debtors owe.
    function _indexNow(Accrual memory a, Terms memory t) internal view returns (uint256) {
        return IndexMath.grownUp(a.index, t.rate, block.timestamp - a.settledAt);
    }

    /// @dev The price at which shares are bought now, rounded up.
    function _ceilingNow(Accrual memory a, Terms memory t) internal view returns (uint256) {
        return IndexMath.grownUp(a.price, t.rate, block.timestamp - a.settledAt);
    }

    /// @dev Reverts unless the caller is the owner or an operator of the owner within scope and time.
    function _requireScope(address owner, uint256 scope) internal view {
        if (!_hasScope(owner, scope)) revert NotAuthorised(owner, msg.sender, scope);
    }

    function _hasScope(address owner, uint256 scope) internal view returns (bool) {
        if (msg.sender == owner) return true;
        uint256 grant = grants[owner][msg.sender];
        return grant & scope == scope && block.timestamp <= grant >> 8;
    }

    /// @dev Reads all stripes: only for checkpoints, bad debt and off-chain views.
    function _totals() internal view returns (Totals memory totals) {
        int256 shares;
        int256 debt;
        for (uint256 j; j < stripeCount; ++j) {
            Stripe memory s = stripes[j];
            shares += s.supply.shares;
            debt += s.borrow.debt;
            totals.cash += int256(s.supply.cash) + s.borrow.cash;
        }
        totals.shares = uint256(shares);
        totals.debt = uint256(debt);
    }

    function _fits128(uint256 amount) internal pure {
        if (amount > type(uint128).max) revert AmountTooLarge(type(uint128).max, amount);
    }
}
