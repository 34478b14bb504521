// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IOracle, IPullOracle } from "../interfaces/IOracle.sol";
import { IPriceSource, IPullSource } from "../interfaces/IPriceSource.sol";
import { MAX_PRICE } from "./PriceScale.sol";
import { StaticRead } from "./StaticRead.sol";

/// @title Two sources, a bid and an ask
/// @notice One lying source can neither borrow nor liquidate: the bid is the lower of two prices and the ask the higher.
///
/// | sources                    | bid   | ask            |
/// |----------------------------|-------|----------------|
/// | both live and close        | lower | higher         |
/// | both live, too far apart   | 0     | higher         |
/// | two configured, one live   | 0     | the live one   |
/// | one configured and live    | it    | it             |
/// | none live                  | 0     | 0              |
///
/// A pull source is live only in a transaction that brought its price, so whoever liquidates decides whether it speaks.
/// It keeps the other source from lending too much; it does not keep it from liquidating.
contract PriceGuard is IPullOracle {
    /// @notice Gas kept for reaching a source (a cold account costs 2,600 on Ethereum and 10,100 on Monad).
    uint256 private constant CALL_OVERHEAD = 20_000;

    /// @notice Two sources must fit into the 500,000 gas that `IOracle.quote` gets.
    uint256 private constant MAX_SOURCE_GAS = 220_000;

    /// @notice The source at index 0.
    IPriceSource public immutable first;

    /// @notice The source at index 1, or zero.
    IPriceSource public immutable second;

    /// @notice How far apart two live prices may be, in basis points of the lower one; 0 with one source.
    /// @dev A market's liquidation LTV must exceed its borrow LTV by more than this.
    uint256 public immutable maxDeviation;

    /// @notice Gas each source gets. Choose the cost of a cold read with room to spare; a source that needs more counts
    /// as not live.
    uint256 public immutable sourceGas;

    /// @notice `source` has no code.
    error SourceWithoutCode(address source);
    /// @notice Two sources must be two.
    error SameSource(address source);
    /// @notice The deviation must be below 100 %, and 0 with one source.
    error DeviationOutOfRange(uint256 expectedAtMost, uint256 actual);
    /// @notice A source may be given at most this much gas.
    error SourceGasTooHigh(uint256 expectedAtMost, uint256 actual);
    /// @notice The caller forwarded less gas than a source may need, and would thereby choose which one counts.
    error NotEnoughGas(uint256 expected, uint256 actual);
    /// @notice The first byte of a submission must be the index of a configured source.
    error NoSuchSource(uint256 expectedBelow, uint256 actual);
    /// @notice A submission is at least its index.
    error EmptySubmission();

    constructor(IPriceSource first_, IPriceSource second_, uint256 maxDeviationBps, uint256 sourceGas_) {
        if (address(first_).code.length == 0) revert SourceWithoutCode(address(first_));
        bool single = address(second_) == address(0);
        if (!single && address(second_).code.length == 0) revert SourceWithoutCode(address(second_));
        if (address(first_) == address(second_)) revert SameSource(address(first_));
        uint256 widest = single ? 0 : 9_999;
        if (maxDeviationBps > widest) revert DeviationOutOfRange(widest, maxDeviationBps);
        if (sourceGas_ > MAX_SOURCE_GAS) revert SourceGasTooHigh(MAX_SOURCE_GAS, sourceGas_);
        first = first_;
        second = second_;
        maxDeviation = maxDeviationBps;
        sourceGas = sourceGas_;
    }

    /// @inheritdoc IOracle
    function quote() external view returns (uint256 bid, uint256 ask) {
        uint256 a = _priceOrZero(first);
        if (address(second) == address(0)) return (a, a);

        uint256 b = _priceOrZero(second);
        (bid, ask) = a < b ? (a, b) : (b, a);
        // Also true when one is not live: then the lower price is 0.
        if ((ask - bid) * 10_000 > bid * maxDeviation) bid = 0;
    }

    /// @inheritdoc IPullOracle
    /// @dev One byte with the index of the source (0 or 1), then whatever that source's `submit` takes.
    function submit(bytes calldata data) external {
        if (data.length == 0) revert EmptySubmission();
        uint256 index = uint8(data[0]);
        uint256 count = address(second) == address(0) ? 1 : 2;
        if (index >= count) revert NoSuchSource(count, index);
        IPullSource(address(index == 0 ? first : second)).submit(data[1:]);
    }

    /// @dev 0 when the source is not live, reverts, burns its gas, answers nonsense or a price that is out of range.
    function _priceOrZero(IPriceSource source) private view returns (uint256) {
        // A callee gets at most 63/64 of what is left (EIP-150), so the check leaves it exactly `sourceGas`.
        uint256 needed = sourceGas * 64 / 63 + CALL_OVERHEAD;
        if (gasleft() < needed) revert NotEnoughGas(needed, gasleft());
        (bool ok, uint256[] memory words) =
            StaticRead.tryWords(address(source), sourceGas, abi.encodeCall(IPriceSource.read, ()), 2);
        return ok && words[1] == 1 && words[0] <= MAX_PRICE ? words[0] : 0;
    }
}
