// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { Accrual } from "../interfaces/IMarketTypes.sol";
import { Checkpoints } from "./Checkpoints.sol";
import { MarketState } from "./MarketState.sol";

/// @notice How the market's front reaches its extension: by delegatecall, on the same storage.
abstract contract Settling is MarketState {
    address public immutable extension;

    constructor(address to) {
        extension = to;
    }

    /// @dev Whatever is not here is in the extension.
    fallback() external {
        _delegate(msg.data);
    }

    /// @dev Runs first in operations that find the last checkpoint too old. Nobody depends on a keeper.
    function _settleIfLate() internal returns (Accrual memory a) {
        a = accrued;
        if (block.timestamp - a.settledAt > maxEpoch) {
            phase |= SETTLING;
            (bool ok, bytes memory out) = extension.delegatecall(abi.encodeCall(Checkpoints.settle, ()));
            if (!ok) _bubble(out);
            a = accrued;
        }
    }

    function _bubble(bytes memory out) private pure {
        assembly ("memory-safe") {
            revert(add(out, 32), mload(out))
        }
    }

    function _delegate(bytes calldata input) private {
        address to = extension;
        assembly {
            calldatacopy(0, input.offset, input.length)
            let ok := delegatecall(gas(), to, 0, input.length, 0, 0)
            returndatacopy(0, 0, returndatasize())
            if ok { return(0, returndatasize()) }
            revert(0, returndatasize())
        }
    }
}
