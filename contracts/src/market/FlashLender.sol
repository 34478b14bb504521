// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "../interfaces/IERC3156.sol";
import { MarketConfig, Route } from "../interfaces/IMarketTypes.sol";
import { IndexMath } from "./IndexMath.sol";
import { Stripes, SupplyStripe } from "./Stripes.sol";
import { Tills } from "./Tills.sol";
import { SafeTransferLib } from "solady/utils/SafeTransferLib.sol";

/// @notice ERC-3156 over everything the tills hold; each till gets back what left it.
abstract contract FlashLender is Tills {
    using SafeTransferLib for address;
    using Stripes for SupplyStripe;

    bytes32 private constant ACCEPTED = keccak256("ERC3156FlashBorrower.onFlashLoan");

    uint256 private immutable flashFeeBps;

    constructor(MarketConfig memory c) {
        if (c.flashFeeBps > 100) revert BadConfig("flashFeeBps", c.flashFeeBps);
        flashFeeBps = c.flashFeeBps;
    }

    function flashLoan(IERC3156FlashBorrower receiver, address token, uint256 amount, bytes calldata data)
        external
        returns (bool)
    {
        return _flashLoan(receiver, token, amount, data, Route.wrap(0));
    }

    function flashLoan(IERC3156FlashBorrower receiver, address token, uint256 amount, bytes calldata data, Route route)
        external
        returns (bool)
    {
        return _flashLoan(receiver, token, amount, data, route);
    }

    function _flashLoan(IERC3156FlashBorrower receiver, address token, uint256 amount, bytes calldata data, Route route)
        private
        returns (bool)
    {
        uint256 before = phase;
        if (before & ENTERED != 0) revert Reentered();
        // No book moves before the money is back, so the whole loan is one callback.
        _beginCallback(before);
        _fits128(amount);
        if (token != asset) revert UnsupportedToken(asset, token);
        uint256 fee = flashFeeBps == 0 ? 0 : IndexMath.bpsUp(amount, flashFeeBps);
        uint256 stripe = _bookStripe(route, address(receiver));
        address till = _tillAt(stripe);
        uint256[] memory taken;
        if (!token.trySafeTransferFrom(till, address(receiver), amount)) {
            taken = _gather(token, address(receiver), amount, stripe);
        }
        if (receiver.onFlashLoan(msg.sender, token, amount, fee, data) != ACCEPTED) {
            revert BadCallback(address(receiver));
        }
        if (taken.length == 0) {
            token.safeTransferFrom(address(receiver), till, amount + fee);
        } else {
            taken[stripe] += fee;
            for (uint256 j; j < taken.length; ++j) {
                if (taken[j] != 0) token.safeTransferFrom(address(receiver), _tillAt(j), taken[j]);
            }
        }
        if (fee != 0) {
            stripes[stripe].supply.add(0, int256(fee));
            emit FlashLoaned(address(receiver), amount, fee);
        }
        _exit(before);
        return true;
    }

    /// @dev What left each till, when one alone does not hold enough.
    function _gather(address token, address to, uint256 amount, uint256 stripe)
        private
        returns (uint256[] memory taken)
    {
        taken = new uint256[](stripeCount);
        uint256 left = amount;
        for (uint256 k; k < stripeCount && left != 0; ++k) {
            uint256 j = (stripe + k) & (stripeCount - 1);
            taken[j] = _sendFrom(token, j, to, left);
            left -= taken[j];
        }
        if (left != 0) revert TillsDry(token, amount, amount - left);
    }
}
