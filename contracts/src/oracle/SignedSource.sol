// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import { IPriceSource, IPullSource } from "../interfaces/IPriceSource.sol";
import { MAX_PRICE, PriceScale } from "./PriceScale.sol";
import { SignerSet } from "./SignerSet.sol";
import { IERC20Metadata } from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import { ECDSA } from "solady/utils/ECDSA.sol";
import { EIP712 } from "solady/utils/EIP712.sol";
import { LibSort } from "solady/utils/LibSort.sol";

/// @title Signed prices from calldata as a source
/// @notice Live only in a transaction that brought the signatures: `submit` keeps the median of `threshold` reports in
/// transient storage. Of `threshold` reports, `(threshold - 1) / 2` may lie without moving the price outside
/// what honest signers reported. Whoever submits picks among the reports of the last `maxAge` seconds: keep it
/// short, and pair this source with another in a `PriceGuard`.
/// @dev Signed as EIP-712 `Price(bytes32 feedId,uint256 price,uint256 timestamp)` with domain name "Millrace
/// SignedSource", version "1", this chain and this contract.
contract SignedSource is IPullSource, SignerSet, EIP712 {
    /// @param feedId what is priced; part of what signers sign
    /// @param priceDecimals decimals of the signed price of one whole collateral in whole loan assets
    /// @param maxAge oldest report in seconds
    /// @param maxSkew furthest in the future, in seconds, a report may be dated
    /// @param collateral token whose decimals are read once
    /// @param loan token whose decimals are read once
    struct Config {
        bytes32 feedId;
        uint8 priceDecimals;
        uint32 maxAge;
        uint32 maxSkew;
        IERC20Metadata collateral;
        IERC20Metadata loan;
    }

    /// @param price with `priceDecimals`
    /// @param timestamp seconds, when the signer observed it
    /// @param r first half of the signature
    /// @param vs second half, with the recovery bit on top (ERC-2098)
    struct Report {
        uint256 price;
        uint256 timestamp;
        bytes32 r;
        bytes32 vs;
    }

    bytes32 private constant PRICE_TYPEHASH = keccak256("Price(bytes32 feedId,uint256 price,uint256 timestamp)");

    bytes32 public immutable feedId;
    uint256 public immutable maxAge;
    uint256 public immutable maxSkew;

    /// @notice What a signed price is multiplied with, see `PriceScale`.
    uint256 public immutable FACTOR;

    uint192 private transient _price;
    uint64 private transient _timestamp;

    /// @notice A submission has exactly `threshold` reports.
    error ReportCount(uint256 expected, uint256 actual);
    /// @notice Reports are sorted by their signers' addresses and no signer reports twice.
    error SignersNotAscending(address previous, address next);
    /// @notice Signed by nobody of the set, or for another feed, chain or contract.
    error NotSigner(address recovered);
    /// @notice The report is older than `maxAge`.
    error ReportStale(uint256 expectedAtLeast, uint256 actual);
    /// @notice The report is dated more than `maxSkew` ahead.
    error ReportFromFuture(uint256 expectedAtMost, uint256 actual);
    /// @notice The price must be above zero and fit.
    error PriceOutOfRange(uint256 expectedAtMost, uint256 actual);

    constructor(Config memory config, address[] memory signers, uint256 threshold_) SignerSet(signers, threshold_) {
        feedId = config.feedId;
        maxAge = config.maxAge;
        maxSkew = config.maxSkew;
        FACTOR = PriceScale.toFactor(config.loan.decimals(), config.collateral.decimals(), config.priceDecimals, 0);
    }

    /// @notice What a signer signs for `price` at `timestamp`.
    function digest(uint256 price, uint256 timestamp) public view returns (bytes32) {
        return _hashTypedData(keccak256(abi.encode(PRICE_TYPEHASH, feedId, price, timestamp)));
    }

    /// @inheritdoc IPullSource
    /// @dev `data` is `abi.encode(Report[])`, sorted by signer. The price carries the oldest timestamp among them. A
    /// submission that is not newer than what the transaction already holds is checked and then ignored, so that nobody
    /// can turn back the clock inside a transaction, nor make another's submission in the same bundle revert.
    function submit(bytes calldata data) external {
        (uint256 price, uint256 timestamp) = _verify(abi.decode(data, (Report[])));
        if (timestamp <= _timestamp) return;
        // Both fit: MAX_PRICE is 192 bits, and the timestamp is near the block's.
        // forge-lint: disable-next-line(unsafe-typecast)
        (_price, _timestamp) = (uint192(price), uint64(timestamp));
    }

    /// @inheritdoc IPriceSource
    function read() external view returns (uint256 price, bool live) {
        return (_price, _price != 0 && _timestamp + maxAge >= block.timestamp);
    }

    function _verify(Report[] memory reports) private view returns (uint256 price, uint256 oldest) {
        if (reports.length != threshold) revert ReportCount(threshold, reports.length);
        uint256 highest = MAX_PRICE / FACTOR;
        uint256[] memory prices = new uint256[](reports.length);
        address previous;
        oldest = type(uint256).max;
        for (uint256 i; i < reports.length; ++i) {
            Report memory report = reports[i];
            if (report.timestamp > block.timestamp + maxSkew) {
                revert ReportFromFuture(block.timestamp + maxSkew, report.timestamp);
            }
            if (report.timestamp + maxAge < block.timestamp) {
                revert ReportStale(block.timestamp - maxAge, report.timestamp);
            }
            if (report.price == 0 || report.price > highest) revert PriceOutOfRange(highest, report.price);

            address signer = ECDSA.recover(digest(report.price, report.timestamp), report.r, report.vs);
            if (!isSigner(signer)) revert NotSigner(signer);
            if (signer <= previous) revert SignersNotAscending(previous, signer);
            previous = signer;
            prices[i] = report.price;
            if (report.timestamp < oldest) oldest = report.timestamp;
        }
        return (_medianDown(prices) * FACTOR, oldest);
    }

    /// @dev The middle price, or the mean of the two in the middle, rounded down. Prices are below 2^192.
    function _medianDown(uint256[] memory prices) private pure returns (uint256) {
        LibSort.insertionSort(prices);
        uint256 middle = prices.length / 2;
        return prices.length % 2 == 1 ? prices[middle] : (prices[middle - 1] + prices[middle]) / 2;
    }

    function _domainNameAndVersion() internal pure override returns (string memory, string memory) {
        return ("Millrace SignedSource", "1");
    }
}
