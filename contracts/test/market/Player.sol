// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IERC3156FlashBorrower } from "../../src/interfaces/IERC3156.sol";
import {
    ILiquidateCallback,
    IRepayCallback,
    ISupplyCallback,
    ISupplyCollateralCallback
} from "../../src/interfaces/IMarketCallbacks.sol";

/// @notice One call of a script.
struct Step {
    address target;
    bytes data;
}

/// @title An account with code: it calls what it is told, and inside a callback what it planned before
contract Player is
    IERC3156FlashBorrower,
    ISupplyCallback,
    ISupplyCollateralCallback,
    IRepayCallback,
    ILiquidateCallback
{
    /// @notice Whether a step that fails ends everything.
    bool public strict;
    uint256 public callbacks;
    uint256 public stepsThatFailed;
    Step[] private script;

    /// @notice What the next callback does. Later callbacks do nothing.
    function plan(Step[] memory steps, bool strict_) external {
        delete script;
        strict = strict_;
        for (uint256 i; i < steps.length; ++i) {
            script.push(steps[i]);
        }
    }

    /// @notice Calls `target`; the error of a call that fails is passed on.
    function act(address target, bytes calldata data) external returns (bytes memory) {
        return _call(target, data);
    }

    /// @notice Several calls in one transaction, all or none.
    function actAll(Step[] calldata steps) external {
        for (uint256 i; i < steps.length; ++i) {
            _call(steps[i].target, steps[i].data);
        }
    }

    /// @notice Several calls in one transaction; those that fail are skipped.
    function tryAll(Step[] calldata steps) external {
        for (uint256 i; i < steps.length; ++i) {
            (bool ok,) = steps[i].target.call(steps[i].data);
            if (!ok) ++stepsThatFailed;
        }
    }

    /// @notice What a callback would do, without one.
    function play() external {
        _play();
    }

    function onFlashLoan(address, address, uint256, uint256, bytes calldata) external returns (bytes32) {
        _play();
        return keccak256("ERC3156FlashBorrower.onFlashLoan");
    }

    function onSupply(uint256, bytes calldata) external {
        _play();
    }

    function onSupplyCollateral(uint256, uint256, bytes calldata) external {
        _play();
    }

    function onRepay(uint256, bytes calldata) external {
        _play();
    }

    function onLiquidate(uint256, uint256, bytes calldata) external {
        _play();
    }

    function _play() private {
        ++callbacks;
        Step[] memory steps = script;
        delete script;
        for (uint256 i; i < steps.length; ++i) {
            if (strict) {
                _call(steps[i].target, steps[i].data);
            } else {
                (bool ok,) = steps[i].target.call(steps[i].data);
                if (!ok) ++stepsThatFailed;
            }
        }
    }

    function _call(address target, bytes memory data) private returns (bytes memory out) {
        bool ok;
        (ok, out) = target.call(data);
        if (!ok) {
            assembly ("memory-safe") {
                revert(add(out, 32), mload(out))
            }
        }
    }
}
