// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Route } from "../interfaces/IMarketTypes.sol";
import { MarketState, Scope } from "./MarketState.sol";
import { Routes } from "./Routes.sol";
import { ITillFactory, Till, TillSalt } from "./Till.sol";
import { IERC20 } from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import { SafeTransferLib } from "solady/utils/SafeTransferLib.sol";

/// @notice Moves tokens between people and tills. Knows no books.
abstract contract Tills is MarketState {
    using Routes for Route;
    using SafeTransferLib for address;

    address internal immutable tillFactory;
    bytes32 private immutable tillCodeHash;

    constructor(address factory) {
        tillFactory = factory;
        tillCodeHash = ITillFactory(factory).tillCodeHash();
    }

    /// @dev CREATE2 address of till j.
    function _tillAt(uint256 j) internal view returns (address till) {
        bytes32 salt = TillSalt.compute(address(this), j);
        (address factory, bytes32 codeHash) = (tillFactory, tillCodeHash);
        assembly ("memory-safe") {
            let word := mload(0x40)
            mstore(word, or(shl(248, 0xff), shl(88, factory)))
            mstore(add(word, 21), salt)
            mstore(add(word, 53), codeHash)
            // The upper 96 bits are cleared wherever an address is used; SafeTransferLib writes over them.
            till := keccak256(word, 85)
        }
    }

    function _tillOf(uint256 j) internal view returns (address) {
        if (j >= stripeCount) revert UnknownTill(stripeCount, j);
        return _tillAt(j);
    }

    function _balance(address token, address holder) internal view returns (uint256) {
        return token.balanceOf(holder);
    }

    /// @dev Pulls `amount` from `payer` into the tills of the route, evenly, or into `stripe`. `most` bounds each till's balance.
    function _pull(address token, address payer, uint256 amount, Route route, uint256 stripe, uint256 most)
        internal
        returns (uint256 fullest)
    {
        uint256 n = route.count();
        if (n < 2) return _pullInto(_tillAt(stripe), token, payer, amount, most);
        uint256 part = amount / n;
        for (uint256 k; k < n; ++k) {
            uint256 share = k == 0 ? amount - part * (n - 1) : part;
            if (share != 0) fullest = _pullInto(_tillOf(route.till(k)), token, payer, share, most);
            if (fullest > most) return fullest;
        }
    }

    function _pullInto(address till, address token, address payer, uint256 amount, uint256 most)
        private
        returns (uint256 due)
    {
        due = _balanceWith(token, till, amount);
        if (due <= most) _pullExactly(till, token, payer, amount, due);
    }

    /// @dev What a till will hold. Only a token that lies about balances can wrap around, and then `_pullExactly` sees another number.
    function _balanceWith(address token, address till, uint256 amount) internal view returns (uint256) {
        unchecked {
            return _balance(token, till) + amount;
        }
    }

    /// @dev Refuses a token that moves another amount than it is told to.
    function _pullExactly(address till, address token, address payer, uint256 amount, uint256 due) internal {
        token.safeTransferFrom(payer, till, amount);
        uint256 held = _balance(token, till);
        if (held != due) revert TokenMisbehaved(token, due, held);
    }

    /// @dev Sends `amount` to `to`: from `stripe`'s till if it can, otherwise from the tills listed, then from a scan.
    function _send(address token, address to, uint256 amount, Route route, uint256 stripe) internal {
        if (amount == 0 || token.trySafeTransferFrom(_tillAt(stripe), to, amount)) return;
        uint256 left = amount;
        for (uint256 k; k < route.count() && left != 0; ++k) {
            left -= _sendFrom(token, route.till(k), to, left);
        }
        for (uint256 k; k < stripeCount && left != 0; ++k) {
            left -= _sendFrom(token, (stripe + k) & (stripeCount - 1), to, left);
        }
        if (left != 0) revert TillsDry(token, amount, amount - left);
    }

    /// @dev As much of `amount` as till j holds.
    function _sendFrom(address token, uint256 j, address to, uint256 amount) internal returns (uint256 sent) {
        sent = _balance(token, _tillOf(j));
        if (sent > amount) sent = amount;
        if (sent == 0) return 0;
        _makeReady(token, j, sent);
        token.safeTransferFrom(_tillAt(j), to, sent);
    }

    /// @dev A till is deployed when something first leaves it, and renews an allowance that was counted down.
    function _makeReady(address token, uint256 j, uint256 amount) internal {
        address till = _tillAt(j);
        if (till.code.length == 0) ITillFactory(tillFactory).open(address(this), j);
        else if (IERC20(token).allowance(till, address(this)) < amount) Till(till).refresh();
    }

    /// @dev Tokens are pulled from the caller, or from the owner whom the caller may pay for.
    function _payer(Route route, address owner) internal view returns (address) {
        if (!route.ownerPays()) return msg.sender;
        _requireScope(owner, Scope.PAY);
        return owner;
    }

    /// @dev What all tills hold of the loan asset: what can leave.
    function _liquid() internal view returns (uint256 sum) {
        for (uint256 j; j < stripeCount; ++j) {
            sum += _balance(asset, _tillAt(j));
        }
    }
}
