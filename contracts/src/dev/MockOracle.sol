// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IOracle } from "../interfaces/IOracle.sol";

/// @title An oracle that says what it is told
/// @notice For tests, devnets and the gas benchmark only: anyone may set it. Both prices share one slot, so that `quote`
/// costs one cold read, the least any oracle with state can cost.
/// @dev Prices are kept as 120-bit mantissas with a common power of ten, because two 128-bit prices do not reach the
/// range of 1e36-scaled prices (BTC with 8 decimals in USDC with 6 is already 6e38).
contract MockOracle is IOracle {
    uint120 private _bid;
    uint120 private _ask;
    uint16 private _exponent;

    event QuoteSet(uint256 bid, uint256 ask);

    /// @notice A bid may not be above the ask.
    error BidAboveAsk(uint256 ask, uint256 bid);

    constructor(uint256 bid, uint256 ask) {
        setQuote(bid, ask);
    }

    /// @notice Sets bid and ask to the same price.
    function setPrice(uint256 price) external {
        setQuote(price, price);
    }

    /// @notice Sets both, rounded down to 36 significant digits of the ask (exact below 2^120).
    /// @dev Any bid up to the ask, including `(0, ask)`: not fit for borrowing, and `(0, 0)`: dead.
    function setQuote(uint256 bid, uint256 ask) public {
        if (bid > ask) revert BidAboveAsk(ask, bid);
        uint16 exponent;
        while (ask > type(uint120).max) {
            ask /= 10;
            bid /= 10;
            ++exponent;
        }
        // Both fit: bid <= ask < 2^120.
        // forge-lint: disable-next-line(unsafe-typecast)
        (_bid, _ask, _exponent) = (uint120(bid), uint120(ask), exponent);
        emit QuoteSet(bid * 10 ** exponent, ask * 10 ** exponent);
    }

    /// @inheritdoc IOracle
    function quote() external view returns (uint256 bid, uint256 ask) {
        uint256 unit = 10 ** uint256(_exponent);
        return (_bid * unit, _ask * unit);
    }
}
